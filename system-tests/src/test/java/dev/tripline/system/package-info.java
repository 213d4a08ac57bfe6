/**
 * Tests of the whole pipeline on a real broker and registry. No main code lives here.
 */
@NullMarked
package dev.tripline.system;

import org.jspecify.annotations.NullMarked;
