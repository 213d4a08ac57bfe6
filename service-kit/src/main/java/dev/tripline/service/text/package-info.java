/**
 * How numbers are written for people, the same in every service and whatever the machine's language. Pure functions that any
 * domain may call; nothing else lives here.
 */
@NullMarked
package dev.tripline.service.text;

import org.jspecify.annotations.NullMarked;
