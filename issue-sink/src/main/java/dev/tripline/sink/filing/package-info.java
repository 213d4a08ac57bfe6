/**
 * Decides what should be: which issue an incident gets, what it says, and what is to be done next. Records, text and
 * decisions only: no tracker, no Kafka, no HTTP, no Avro, no clock.
 */
@NullMarked
package dev.tripline.sink.filing;

import org.jspecify.annotations.NullMarked;
