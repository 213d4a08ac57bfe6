/**
 * The local tracker: issues as Markdown files that people can read and edit. No network and no decision stands here.
 */
@NullMarked
package dev.tripline.sink.tracker.local;

import org.jspecify.annotations.NullMarked;
