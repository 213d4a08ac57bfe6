package dev.tripline.agent.probe.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How a command ended.
 *
 * @param exitCode its exit code; meaningless if it was killed
 * @param timedOut whether it was killed because its time was over
 * @param output the end of what it wrote, at most 64 KiB
 */
record Execution(int exitCode, boolean timedOut, String output) {
    private static final int TAIL_BYTES = 64 * 1024;
    private static final Duration DRAIN = Duration.ofSeconds(1);

    /**
     * Runs a command to its end, without a shell. Neither it nor what it started outlives this call if it must be killed.
     *
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the calling thread was interrupted
     */
    static Execution of(List<String> argv, Path folder, Duration timeout) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var tail = new Tail(process.getInputStream());
        var reader = new Thread(tail, "output-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        boolean ended = false;
        try {
            ended = process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            if (!ended) {
                killTree(process.toHandle());
            }
        }
        int exitCode = process.waitFor();
        // A process that detached itself may hold the output open for ever.
        reader.join(DRAIN.toMillis());
        return new Execution(exitCode, !ended, tail.text());
    }

    /** Kills from the leaves known so far; looks again for what was started meanwhile. */
    private static void killTree(ProcessHandle root) {
        Set<ProcessHandle> tree = new LinkedHashSet<>(Set.of(root));
        for (int before = 0; before < tree.size(); ) {
            before = tree.size();
            for (ProcessHandle known : List.copyOf(tree)) {
                known.descendants().forEach(tree::add);
            }
            tree.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Reads everything, keeps the end. */
    private static final class Tail implements Runnable {
        private final InputStream in;
        private final byte[] ring = new byte[TAIL_BYTES];
        private long written;

        Tail(InputStream in) {
            this.in = in;
        }

        @Override
        public void run() {
            var buffer = new byte[8192];
            try (in) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    keep(buffer, read);
                }
            } catch (IOException e) {
                byte[] note = ("\n[output ended: " + e.getMessage() + "]").getBytes(StandardCharsets.UTF_8);
                keep(note, note.length);
            }
        }

        synchronized void keep(byte[] bytes, int length) {
            for (int i = 0; i < length; i++) {
                ring[(int) (written++ % TAIL_BYTES)] = bytes[i];
            }
        }

        synchronized String text() {
            int length = (int) Math.min(written, TAIL_BYTES);
            var end = new byte[length];
            for (int i = 0; i < length; i++) {
                end[i] = ring[(int) ((written - length + i) % TAIL_BYTES)];
            }
            return new String(end, StandardCharsets.UTF_8);
        }
    }
}
