/**
 * How the two stages keep what they remember: tables and rows, in memory or in stores. Knows no Kafka.
 */
@NullMarked
package dev.tripline.analyzer.state;

import org.jspecify.annotations.NullMarked;
