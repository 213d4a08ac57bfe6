/**
 * Brings topics and schemas of an installation to what the catalogue says: first as a plan, then as calls. Neither
 * options nor output are known here.
 */
@NullMarked
package dev.tripline.cli.topics;

import org.jspecify.annotations.NullMarked;
