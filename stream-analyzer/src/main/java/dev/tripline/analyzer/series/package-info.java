/**
 * The per-test stage: counts an outcome once and notices when a failure of a test stays away.
 * Sees one series at a time; knows neither Kafka nor a clock.
 */
@NullMarked
package dev.tripline.analyzer.series;

import org.jspecify.annotations.NullMarked;
