/** Probes that run a command: the process and the reports it writes. When it is run is not decided here. */
@NullMarked
package dev.tripline.agent.probe.command;

import org.jspecify.annotations.NullMarked;
