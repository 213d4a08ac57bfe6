/**
 * The way out: a small port for publishing records, and Kafka behind it. What the records mean is not known here.
 */
@NullMarked
package dev.tripline.agent.publish;

import org.jspecify.annotations.NullMarked;
