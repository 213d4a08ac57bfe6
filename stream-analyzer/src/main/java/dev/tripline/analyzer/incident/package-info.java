/**
 * Incidents: which failures belong together, how bad it is and how it ends.
 * Decisions only: no tracker, no Kafka, no clock.
 */
@NullMarked
package dev.tripline.analyzer.incident;

import org.jspecify.annotations.NullMarked;
