/** The probe agent as a service: configuration in, schedule and threads, records out. How probes run is not known here. */
@NullMarked
package dev.tripline.agent;

import org.jspecify.annotations.NullMarked;
