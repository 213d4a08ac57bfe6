package dev.tripline.analyzer.wire;

import dev.tripline.service.secrets.SecretMask;
import org.jspecify.annotations.Nullable;

/** Masks the secrets in texts of records. */
final class Secrets {
    private Secrets() {}

    static String masked(String text) {
        return SecretMask.standard().mask(text);
    }

    static @Nullable String maskedOrNull(@Nullable String text) {
        return text == null ? null : masked(text);
    }
}
