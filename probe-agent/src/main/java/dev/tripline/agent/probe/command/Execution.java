package dev.tripline.agent.probe.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * How a command ended.
 *
 * @param exitCode its exit code; meaningless if it was killed
 * @param timedOut whether it was killed because its time was over
 * @param leftRunning number of processes it had started that still ran when it ended, and were killed; 0 if it was killed
 * @param output the end of what it wrote, at most 64 KiB; whole lines, if it wrote more
 */
record Execution(int exitCode, boolean timedOut, int leftRunning, String output) {
    private static final int TAIL_BYTES = 64 * 1024;
    private static final Duration DRAIN = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    /**
     * Runs a command to its end, without a shell. Neither it nor what it started outlives this call.
     *
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the calling thread was interrupted
     */
    static Execution of(Command command) throws IOException, InterruptedException {
        String mark = UUID.randomUUID().toString();
        var builder = new ProcessBuilder(command.argv())
                .directory(command.folder().toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(command.variables());
        builder.environment().put(Offspring.MARK, mark);
        Process process = builder.start();
        var offspring = new Offspring(process.toHandle(), mark);
        process.getOutputStream().close();
        var tail = new Tail(process.getInputStream());
        var reader = new Thread(tail, "output-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
        boolean ended = false;
        int left = 0;
        try {
            ended = await(process, offspring, command.timeout());
        } finally {
            left = endUninterrupted(offspring);
        }
        int exitCode = process.waitFor();
        // A process that could not be found may hold the output open for ever.
        reader.join(DRAIN.toMillis());
        return new Execution(exitCode, !ended, ended ? left : 0, tail.text());
    }

    /** Tells whether the command ended by itself; looks meanwhile at what it starts. */
    private static boolean await(Process process, Offspring offspring, Duration timeout) throws InterruptedException {
        long begun = System.nanoTime();
        while (true) {
            long left = timeout.toNanos() - (System.nanoTime() - begun);
            if (process.waitFor(Math.min(left, LOOK_EVERY.toNanos()), TimeUnit.NANOSECONDS)) {
                return true;
            }
            if (left <= 0) {
                return false;
            }
            offspring.look();
        }
    }

    /** An agent that is told to stop ends what it started all the same, and is told then. */
    private static int endUninterrupted(Offspring offspring) {
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                int ended = offspring.end();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return ended;
            } catch (InterruptedException e) {
                interrupted = true;
            }
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

        /** Half a line may begin within a secret, and half a secret is not known for one. */
        private static int afterLine(byte[] text) {
            int at = 0;
            while (at < text.length && text[at] != '\n' && text[at] != '\r') {
                at++;
            }
            return Math.min(at + 1, text.length);
        }

        synchronized String text() {
            int length = (int) Math.min(written, TAIL_BYTES);
            var end = new byte[length];
            for (int i = 0; i < length; i++) {
                end[i] = ring[(int) ((written - length + i) % TAIL_BYTES)];
            }
            int start = written > TAIL_BYTES ? afterLine(end) : 0;
            return new String(end, start, length - start, StandardCharsets.UTF_8);
        }
    }
}
