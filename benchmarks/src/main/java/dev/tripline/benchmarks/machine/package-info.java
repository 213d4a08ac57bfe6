/** What a measurement takes from the machine: processor time, memory, and whether others used it meanwhile. */
@NullMarked
package dev.tripline.benchmarks.machine;

import org.jspecify.annotations.NullMarked;
