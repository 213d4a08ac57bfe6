/** What can be run, and what a run found. Schedules, Kafka and configuration are not known here. */
@NullMarked
package dev.tripline.agent.probe;

import org.jspecify.annotations.NullMarked;
