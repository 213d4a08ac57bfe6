package dev.tripline.analyzer.pattern;

import org.jspecify.annotations.Nullable;

/**
 * A failure's text, its type told apart from its message.
 *
 * @param type type of the failure; null if none is known
 * @param message message without the type; may be empty
 */
public record TypedMessage(@Nullable String type, String message) {}
