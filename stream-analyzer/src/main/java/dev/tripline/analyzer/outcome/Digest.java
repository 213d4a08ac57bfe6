package dev.tripline.analyzer.outcome;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Derives ids from what identifies a thing, so that every replay finds the same ones. */
public final class Digest {
    private static final int ID_BYTES = 8;
    private static final int KEY_BYTES = 16;

    private Digest() {}

    /**
     * Returns the first 16 hexadecimal digits of SHA-256 over the parts; each part goes in with its length, so that
     * different parts never run together.
     */
    public static String id(String... parts) {
        return HexFormat.of().formatHex(digest(parts), 0, ID_BYTES);
    }

    /** Returns all 64 hexadecimal digits of SHA-256 over the parts, as {@link #id}. */
    public static String full(String... parts) {
        return HexFormat.of().formatHex(digest(parts));
    }

    /** Returns the first 16 bytes of SHA-256 over the parts, as {@link #id}: a short key for a long one. */
    public static byte[] key(String... parts) {
        return Arrays.copyOf(digest(parts), KEY_BYTES);
    }

    private static byte[] digest(String... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                sha.update(bytes);
            }
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
