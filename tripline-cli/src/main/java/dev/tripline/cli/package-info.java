/**
 * The {@code tripline} command: options in, exit code out. What commands do lives in the packages below and in the
 * services; nothing is decided about tests or incidents here.
 */
@NullMarked
package dev.tripline.cli;

import org.jspecify.annotations.NullMarked;
