package dev.tripline.analyzer.topology;

import java.time.Instant;

/**
 * Where a record was read.
 *
 * @param appendedAt when the broker took it
 */
record Origin(String topic, int partition, long offset, Instant appendedAt) {}
