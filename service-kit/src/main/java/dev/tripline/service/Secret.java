package dev.tripline.service;

import dev.tripline.service.secrets.KnownSecrets;
import java.util.Objects;

/**
 * Text that must not be shown: a token or a password. Whatever prints it, prints {@code ***}, and wherever else it turns up in a
 * message or log, such as in what a server answers, it is masked ({@link KnownSecrets}).
 */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this(value, true);
    }

    private Secret(String value, boolean isReal) {
        this.value = Objects.requireNonNull(value, "value");
        if (isReal) {
            KnownSecrets.process().remember(value);
        }
    }

    /** Returns what stands for a secret that nobody gave; it is looked for nowhere. */
    static Secret placeholder(String value) {
        return new Secret(value, false);
    }

    /** Returns the text itself, for the one call that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
