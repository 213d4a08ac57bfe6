/**
 * Runs the analysis over recorded outcomes without Kafka.
 * Uses the classes the stream uses; has no analysis of its own.
 */
@NullMarked
package dev.tripline.analyzer.backtest;

import org.jspecify.annotations.NullMarked;
