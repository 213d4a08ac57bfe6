/**
 * The port to an issue tracker: what the sink asks of one and how one answers. No adapter, no HTTP, no JSON and no
 * decision stands here.
 */
@NullMarked
package dev.tripline.sink.tracker;

import org.jspecify.annotations.NullMarked;
