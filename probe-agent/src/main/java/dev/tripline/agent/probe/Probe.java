package dev.tripline.agent.probe;

import dev.tripline.agent.ingest.RunOrigin;

/** Something that can be run again and again, and finds outcomes each time. Never run twice at the same time. */
public interface Probe {
    /** Returns its name, unique in its agent. */
    String name();

    /** Returns its kind, such as {@code command}. */
    String kind();

    /** Returns the environment it watches. */
    String environment();

    /**
     * Runs it once. What goes wrong is an outcome too: a probe that could not run is {@code INCONCLUSIVE}.
     *
     * @param origin identity of the run
     * @throws InterruptedException if it was told to stop; nothing it started is left running
     */
    ProbeRun run(RunOrigin origin) throws InterruptedException;
}
