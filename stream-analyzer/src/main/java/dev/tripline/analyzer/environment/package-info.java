/**
 * The per-environment stage: takes decision inputs in log order and keeps an environment's state.
 * Everything it decides follows from its inputs; it knows neither Kafka nor a clock.
 */
@NullMarked
package dev.tripline.analyzer.environment;

import org.jspecify.annotations.NullMarked;
