package dev.tripline.agent.ingest;

import java.nio.file.Path;

/**
 * Is told how far the reports of one call are: each is read through, then all of them hand out their outcomes. The bytes of both
 * come to about twice those of the files, whether a report is read twice or held; fewer if one is refused. Calls come from the
 * thread that reads.
 */
public interface ReadingProgress {
    /** Takes that a report is read through from here on. */
    void reading(Path report);

    /** Takes that a report hands out its outcomes from here on. */
    void handingOut(Path report);

    /**
     * Takes that more of the report that was named last is done.
     *
     * @param bytes how much, 0 or more
     */
    void done(long bytes);

    /** Tells nobody. */
    static ReadingProgress untold() {
        return new ReadingProgress() {
            @Override
            public void reading(Path report) {}

            @Override
            public void handingOut(Path report) {}

            @Override
            public void done(long bytes) {}
        };
    }
}
