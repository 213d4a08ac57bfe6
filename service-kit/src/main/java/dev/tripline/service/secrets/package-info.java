/**
 * Finds and masks secrets in text of others: what tests print, what servers answer. The one list of what a secret looks like;
 * linear time, no input or output. What the process was given is kept in {@link KnownSecrets} and {@link OwnPatterns}.
 */
@NullMarked
package dev.tripline.service.secrets;

import org.jspecify.annotations.NullMarked;
