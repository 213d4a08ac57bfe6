package dev.tripline.system;

import dev.tripline.cli.dev.DevSettings;
import dev.tripline.cli.dev.LocalMode;
import dev.tripline.service.ServiceRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Local mode in a process of its own, which a test can kill. */
final class DevProcess {
    private static final String UP = "up";

    private DevProcess() {}

    /** Starts local mode in another process and waits until it is up. */
    static Process start(DevSettings settings) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // As ./tripline starts it.
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                DevProcess.class.getName(),
                settings.data().toString(),
                Integer.toString(settings.port()),
                Integer.toString(settings.registryPort())));
        if (settings.sink() != null) {
            command.add(settings.sink().toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = process.inputReader()
                .lines()
                .takeWhile(line -> !line.equals(UP))
                .toList();
        if (!process.isAlive()) {
            throw new IOException("local mode ended with " + process.exitValue() + " before it was up: " + lines);
        }
        return process;
    }

    /** Runs until it is killed; the arguments are folder, port, the registry's port and, if there is one, the sink's file. */
    public static void main(String[] args) {
        var settings = new DevSettings(
                Path.of(args[0]),
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]),
                null,
                args.length > 3 ? Path.of(args[3]) : null);
        System.exit(new LocalMode(settings, new ServiceRunner())
                .run(() -> System.out.println(UP))
                .code());
    }
}
