/** The stream: contenders that read the same outcomes from a real broker, each in a process of its own. */
@NullMarked
package dev.tripline.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
