/**
 * One class for each sub-topology, and processors that hold a store and call the domain.
 * Processors decide nothing.
 */
@NullMarked
package dev.tripline.analyzer.topology;

import org.jspecify.annotations.NullMarked;
