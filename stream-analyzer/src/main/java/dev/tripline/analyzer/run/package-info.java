/**
 * Runs of suites: which outcomes make up a run, when it is complete, and what changed from one run to the next. Decisions only: no
 * Kafka, no clock.
 */
@NullMarked
package dev.tripline.analyzer.run;

import org.jspecify.annotations.NullMarked;
