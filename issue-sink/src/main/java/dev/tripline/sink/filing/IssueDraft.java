package dev.tripline.sink.filing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What an issue should say.
 *
 * @param title one line, at most 256 characters
 * @param body Markdown that ends with the signed marker, at most 65,536 characters
 * @param labels labels it is created with; the first is the one its issues are listed by
 */
public record IssueDraft(String title, String body, List<String> labels) {
    public IssueDraft {
        labels = List.copyOf(labels);
    }

    /** Returns SHA-256 over title, body and labels, hexadecimal: equal digests, nothing to edit. */
    public String digest() {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            update(sha, title);
            update(sha, body);
            labels.forEach(label -> update(sha, label));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A zero byte ends each part, so that parts cannot run into each other. */
    private static void update(MessageDigest sha, String part) {
        sha.update(part.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
    }
}
