package dev.tripline.sink.filing;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that signs markers; its bytes leave it only as signatures. */
public final class MarkerKey {
    private static final int SHORTEST_SECRET = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private final String id;
    private final SecretKeySpec key;

    /**
     * @param id name of the key, which stands in each marker it signs: 1 to 64 letters, digits, dots, hyphens, underscores
     * @param secret its bytes; at least 16
     * @throws IllegalArgumentException if either is not as described
     */
    public MarkerKey(String id, byte[] secret) {
        if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "marker key id: must be 1 to 64 letters, digits, dots, hyphens or underscores, got '" + id + "'");
        }
        if (secret.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "marker key " + id + ": must have at least " + SHORTEST_SECRET + " bytes, got " + secret.length);
        }
        this.id = id;
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** Returns its name. */
    public String id() {
        return id;
    }

    /** Returns HMAC-SHA-256 over a message. */
    byte[] sign(byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Returns the id alone; a secret is never printed. */
    @Override
    public String toString() {
        return "MarkerKey[" + id + "]";
    }
}
