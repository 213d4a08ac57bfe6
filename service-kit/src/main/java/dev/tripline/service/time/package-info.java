/** What all services agree on about time. */
@NullMarked
package dev.tripline.service.time;

import org.jspecify.annotations.NullMarked;
