/**
 * Rolling success rates: counts in sparse time buckets, intervals and durations.
 * Arithmetic only: no Kafka, no clock.
 */
@NullMarked
package dev.tripline.analyzer.rate;

import org.jspecify.annotations.NullMarked;
