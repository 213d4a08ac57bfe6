/**
 * Rules an owner wrote and the thresholds they set.
 * Decisions only: no YAML, no Kafka, no clock.
 */
@NullMarked
package dev.tripline.analyzer.breach;

import org.jspecify.annotations.NullMarked;
