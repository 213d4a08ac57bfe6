/** Benchmarks: what is measured stands beside what it is measured against, in one run. */
@NullMarked
package dev.tripline.benchmarks;

import org.jspecify.annotations.NullMarked;
