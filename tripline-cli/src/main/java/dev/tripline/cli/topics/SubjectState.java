package dev.tripline.cli.topics;

import org.jspecify.annotations.Nullable;

/**
 * A subject of the Schema Registry as it is.
 *
 * @param registered whether it has the schema of this version
 * @param compatibility its own level; null if it follows the registry's
 */
public record SubjectState(boolean registered, @Nullable String compatibility) {}
