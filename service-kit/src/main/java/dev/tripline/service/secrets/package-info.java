/**
 * Finds and masks secrets in text of others: what tests print, what servers answer. The one list of what a secret looks like;
 * pure functions in linear time, no configuration and no input or output.
 */
@NullMarked
package dev.tripline.service.secrets;

import org.jspecify.annotations.NullMarked;
