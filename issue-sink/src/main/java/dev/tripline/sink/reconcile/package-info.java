/**
 * Carries out what {@code filing} decides, through two ports: the tracker and the ledger of what was done. No Kafka, no
 * HTTP and no adapter stands here, and nothing is decided that a crash could forget.
 */
@NullMarked
package dev.tripline.sink.reconcile;

import org.jspecify.annotations.NullMarked;
