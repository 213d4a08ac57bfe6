/**
 * Turns the type and message of a failure into an error pattern that is the same for the same failure, and explains how.
 * No Kafka, no clock, no state: what is decided here depends on the given text alone, never on order or on other text.
 */
@NullMarked
package dev.tripline.analyzer.pattern;

import org.jspecify.annotations.NullMarked;
