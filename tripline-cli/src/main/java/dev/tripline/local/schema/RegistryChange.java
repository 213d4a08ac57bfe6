package dev.tripline.local.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change of what a registry knows. The changes in order are all it knows. */
public sealed interface RegistryChange {
    /** A subject got a version; the id is new or has this schema already. */
    record Registered(String subject, int version, int id, String schema) implements RegistryChange {}

    /**
     * Versions of a subject were deleted.
     *
     * @param versions at least one
     * @param permanent whether for good; otherwise they stay readable by id
     */
    record Deleted(String subject, List<Integer> versions, boolean permanent) implements RegistryChange {
        public Deleted {
            versions = List.copyOf(versions);
        }
    }

    /**
     * A compatibility level was set or forgotten.
     *
     * @param subject null for the level of subjects without their own
     * @param level null if it was forgotten
     */
    record LevelSet(@Nullable String subject, @Nullable CompatibilityLevel level) implements RegistryChange {}
}
