/**
 * From test reports to records: fills in what a report leaves out, gives outcomes their identity, totals suite runs, and
 * publishes. How a report is written and how Kafka is reached is not known here.
 */
@NullMarked
package dev.tripline.agent.ingest;

import org.jspecify.annotations.NullMarked;
