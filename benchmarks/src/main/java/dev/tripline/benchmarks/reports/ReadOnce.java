package dev.tripline.benchmarks.reports;

import dev.tripline.benchmarks.machine.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads a report once and prints how many outcomes it had, the most memory in MiB, and the processor seconds. */
final class ReadOnce {
    private ReadOnce() {}

    public static void main(String[] arguments) throws IOException {
        long outcomes = ReportContender.TRIPLINE.run(Path.of(arguments[0]), List.of());
        System.out.println(
                outcomes + " " + Machine.peakMebibytes(ProcessHandle.current().pid()) + " "
                        + Machine.seconds(ProcessHandle.current()));
    }
}
