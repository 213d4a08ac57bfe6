package dev.tripline.service.secrets;

import org.jspecify.annotations.Nullable;

/** Masks the message of a failure, which may be the value of what passes for its type: {@code Password: hunter2}. */
public final class FailureText {
    private FailureText() {}

    /**
     * Returns a message without secrets, those included that are known only by the type before it.
     *
     * @param type type of the failure; null if it has none
     */
    public static String masked(SecretMask mask, @Nullable String type, String message) {
        if (type == null) {
            return mask.mask(message);
        }
        String head = mask.mask(type) + ": ";
        String line = mask.mask(head + message);
        return line.startsWith(head) ? mask.mask(line.substring(head.length())) : mask.mask(message);
    }
}
