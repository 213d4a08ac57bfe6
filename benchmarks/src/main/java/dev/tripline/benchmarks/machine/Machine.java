package dev.tripline.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Processor time of this machine, as Linux counts it. */
public final class Machine {
    /** Ticks a second of {@code /proc/stat}, the same on every Linux that Java runs on. */
    private static final double TICKS = 100;

    private static final Path STAT = Path.of("/proc/stat");

    /** Share of a core that others may take before a measurement is invalid. */
    public static final double MOST_OTHERS = 0.25;

    /**
     * A moment.
     *
     * @param nanos of {@link System#nanoTime}
     * @param busySeconds processor seconds that all processes used so far
     * @param oursSeconds those of the processes that take part
     */
    public record Moment(long nanos, double busySeconds, double oursSeconds) {}

    private Machine() {}

    /**
     * Takes a moment.
     *
     * @param ours processes that take part beside this one
     * @throws UncheckedIOException if this machine does not tell
     */
    public static Moment now(List<ProcessHandle> ours) {
        double own = seconds(ProcessHandle.current());
        double others = ours.stream().mapToDouble(Machine::seconds).sum();
        return new Moment(System.nanoTime(), busy(), own + others);
    }

    /** Returns how many cores were busy with something else between two moments. */
    public static double others(Moment from, Moment to) {
        double elapsed = (to.nanos() - from.nanos()) / 1e9;
        double foreign = (to.busySeconds() - from.busySeconds()) - (to.oursSeconds() - from.oursSeconds());
        return Math.max(0, foreign / elapsed);
    }

    /** Returns the processor seconds a process has used, of all its threads. */
    public static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /** Returns the most memory a process has had in use, in MiB; 0 if it has ended. */
    public static long peakMebibytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1_024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Says what machine this is: processor, cores, Java. */
    public static String describe() {
        String processor = "unknown processor";
        try {
            processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.replaceFirst(".*?:\\s*", ""))
                    .findFirst()
                    .orElse(processor);
        } catch (IOException e) {
            // It is told as unknown.
        }
        return String.format(
                Locale.ROOT,
                "%s, %d cores, Java %s, Linux %s",
                processor,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                System.getProperty("os.version"));
    }

    private static double busy() {
        try {
            String[] fields = Files.readAllLines(STAT).get(0).trim().split("\\s+");
            // user, nice, system, then idle and waiting, which are not busy, then interrupts
            long ticks = 0;
            for (int i : new int[] {1, 2, 3, 6, 7}) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks / TICKS;
        } catch (IOException e) {
            throw new UncheckedIOException(STAT + ": benchmarks need Linux", e);
        }
    }
}
