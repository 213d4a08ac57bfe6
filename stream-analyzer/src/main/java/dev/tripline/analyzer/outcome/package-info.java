/**
 * The words of the analyzer: series, outcomes, runs and what identifies them.
 * No arithmetic, no decision, no Kafka.
 */
@NullMarked
package dev.tripline.analyzer.outcome;

import org.jspecify.annotations.NullMarked;
