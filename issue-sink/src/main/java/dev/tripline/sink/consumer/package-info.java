/**
 * Reads incidents and issues from Kafka, maps them to the sink's own records, and drives the reconciler while it owns the
 * incidents. What an issue says and what is to be done is not decided here.
 */
@NullMarked
package dev.tripline.sink.consumer;

import org.jspecify.annotations.NullMarked;
