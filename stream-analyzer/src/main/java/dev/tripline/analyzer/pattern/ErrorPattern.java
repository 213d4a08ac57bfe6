package dev.tripline.analyzer.pattern;

import dev.tripline.service.text.Cut;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What failures of the same cause have in common: their type and their message with its variable parts masked.
 *
 * @param id stable id: the first 16 hexadecimal digits of SHA-256 over normaliser version, type and template
 * @param normaliserVersion version of the normaliser that made the template; ids of different versions never mean the same
 * @param type type of the failure, such as {@code websockets.exceptions.NegotiationError}; null if none is known
 * @param template message without the type, each variable part replaced by {@code <*>}, each secret by {@code <secret>}; at
 *     most {@value #TEMPLATE} characters, then cut with a mark: the id is that of the whole
 * @param generic whether it is too generic to name a cause, such as a bare {@code assert False}
 */
public record ErrorPattern(
        String id, int normaliserVersion, @Nullable String type, String template, boolean generic) {
    private static final int TEMPLATE = 4_000;

    /**
     * Makes the pattern of a type and a template, deriving its id.
     *
     * @param normaliserVersion version of the normaliser that made the template; 1 or more
     * @param type type of the failure; null if none is known
     * @param template masked message without the type; may be empty
     * @param generic whether it is too generic to name a cause
     */
    public static ErrorPattern of(int normaliserVersion, @Nullable String type, String template, boolean generic) {
        return new ErrorPattern(
                idOf(normaliserVersion, type, template),
                normaliserVersion,
                type,
                Cut.marked(template, TEMPLATE),
                generic);
    }

    /** Returns type and template as people write them, {@code Type: message}; only one of them if the other is missing. */
    public String display() {
        if (type == null) {
            return template;
        }
        return template.isEmpty() ? type : type + ": " + template;
    }

    private static String idOf(int normaliserVersion, @Nullable String type, String template) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing, which every Java platform must have", e);
        }
        // The length of the type stands before it, so that no two pairs of type and template have the same bytes.
        byte[] typeBytes = type == null ? new byte[0] : type.getBytes(StandardCharsets.UTF_8);
        String prefix = normaliserVersion + ":" + (type == null ? -1 : typeBytes.length) + ":";
        sha256.update(prefix.getBytes(StandardCharsets.US_ASCII));
        sha256.update(typeBytes);
        return HexFormat.of().formatHex(sha256.digest(template.getBytes(StandardCharsets.UTF_8)), 0, 8);
    }
}
