/**
 * The issue sink: keeps a tracker in step with the incidents. Wiring, starting and stopping stand here; what to do stands
 * in {@code filing}, how in the packages beside it.
 */
@NullMarked
package dev.tripline.sink;

import org.jspecify.annotations.NullMarked;
