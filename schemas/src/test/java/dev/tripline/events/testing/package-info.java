/**
 * Builders that give the boring fields of records, for the tests of every module. No assertion and no product code lives
 * here.
 */
@NullMarked
package dev.tripline.events.testing;

import org.jspecify.annotations.NullMarked;
