/**
 * Agents and their probes: whether they are heard of, and what did not come that was due. Decisions only: no Kafka, no clock.
 */
@NullMarked
package dev.tripline.analyzer.agent;

import org.jspecify.annotations.NullMarked;
