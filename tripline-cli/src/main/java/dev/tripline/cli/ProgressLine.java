package dev.tripline.cli;

import dev.tripline.agent.ingest.ReadingProgress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One line on a terminal that says how far reading is, written over itself: {@code file 3 of 12, 45 %, 38.2 MB/s, 120,000
 * outcomes}. It appears when reading takes long, and is taken away before anything else is printed. For one thread.
 */
final class ProgressLine implements ReadingProgress {
    /** What is done sooner needs no line. */
    private static final Duration FIRST = Duration.ofSeconds(1);

    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final @Nullable PrintWriter terminal;
    private final int files;
    private final long bytes;
    private final LongSupplier nanos;
    private final long began;

    private long next;
    private int file;
    private boolean isHandingOut;
    private long done;
    private long outcomes;
    private int shown;
    private boolean stopped;

    /**
     * Starts without a line.
     *
     * @param terminal where the line is written; null writes none
     * @param files number of files
     * @param bytes bytes of all files together
     * @param nanos a clock that never goes back, such as {@link System#nanoTime}
     */
    ProgressLine(@Nullable PrintWriter terminal, int files, long bytes, LongSupplier nanos) {
        this.terminal = terminal;
        this.files = files;
        this.bytes = bytes;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
        this.next = began + FIRST.toNanos();
    }

    @Override
    public void reading(Path report) {
        file++;
        show();
    }

    @Override
    public void handingOut(Path report) {
        file = isHandingOut ? file + 1 : 1;
        isHandingOut = true;
        show();
    }

    @Override
    public void done(long more) {
        done += more;
        show();
    }

    /** Takes that an outcome was handed out. */
    void outcome() {
        outcomes++;
        show();
    }

    /** Takes the line away; it comes back with the next progress. */
    void erase() {
        if (terminal != null && shown > 0) {
            terminal.print("\r" + " ".repeat(shown) + "\r");
            terminal.flush();
            shown = 0;
        }
    }

    /** Takes the line away for good. */
    void stop() {
        erase();
        stopped = true;
    }

    private void show() {
        if (terminal == null || stopped) {
            return;
        }
        long now = nanos.getAsLong();
        if (now - next < 0) {
            return;
        }
        next = now + BETWEEN.toNanos();
        String line = line(Duration.ofNanos(now - began));
        terminal.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
        terminal.flush();
        shown = line.length();
    }

    /** Each byte is done twice: read through, and handed out. */
    private String line(Duration taken) {
        double part = bytes == 0 ? 0 : Math.min(1, done / (2.0 * bytes));
        double megabytes = done / 2e6 / (taken.toNanos() / 1e9);
        return String.format(
                Locale.ROOT,
                "file %,d of %,d, %d %%, %.1f MB/s, %,d outcomes",
                Math.min(file, files),
                files,
                (int) (part * 100),
                megabytes,
                outcomes);
    }
}
