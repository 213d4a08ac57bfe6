package dev.tripline.agent.config;

/** A probe: what is run, how often, and what its outcomes are about. */
public sealed interface ProbeConfig permits CommandProbeConfig {
    /** Returns the name of the probe, unique in its agent. */
    String name();
}
