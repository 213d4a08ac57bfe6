/**
 * Between the analyzer's domain and the records on topics.
 * Translation only: nothing is decided here.
 */
@NullMarked
package dev.tripline.analyzer.wire;

import org.jspecify.annotations.NullMarked;
