/**
 * The stream analyzer: reads its configuration, wires the topology, starts and stops.
 * Nothing is decided here.
 */
@NullMarked
package dev.tripline.analyzer;

import org.jspecify.annotations.NullMarked;
