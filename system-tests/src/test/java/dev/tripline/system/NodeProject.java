package dev.tripline.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A folder of Node.js scripts with a lock file, installed beside the build's other output and run from there. */
final class NodeProject {
    private static final long INSTALL_SECONDS = 300;
    private static final long RUN_SECONDS = 60;

    private final Path sources;
    private final Path dir;

    NodeProject(Path sources, Path dir) {
        this.sources = sources;
        this.dir = dir.toAbsolutePath();
    }

    /**
     * Installs exactly what the lock file names, unless that was done before.
     *
     * @return why that cannot be done on this machine; empty if it was
     */
    Optional<String> install() throws IOException, InterruptedException {
        Files.createDirectories(dir);
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                Files.copy(file, dir.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        for (String tool : List.of("node", "npm")) {
            if (execute(RUN_SECONDS, tool, "--version").code() != 0) {
                return Optional.of(tool + " is not here");
            }
        }
        Path lock = dir.resolve("package-lock.json");
        Path installed = dir.resolve("node_modules/installed-lock.json");
        if (Files.exists(installed) && Files.mismatch(lock, installed) == -1) {
            return Optional.empty();
        }
        Ended ci = execute(
                INSTALL_SECONDS, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1");
        if (ci.code() != 0) {
            return Optional.of("npm ci ended with " + ci.code() + ": " + ci.output());
        }
        Files.copy(lock, installed, StandardCopyOption.REPLACE_EXISTING);
        return Optional.empty();
    }

    /**
     * Runs a script.
     *
     * @return the lines of its standard output
     * @throws AssertionError if it fails or takes too long
     */
    List<String> run(String script, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        Ended ended = execute(RUN_SECONDS, command.toArray(String[]::new));
        if (ended.code() != 0) {
            throw new AssertionError(command + " ended with " + ended.code() + ": " + ended.output());
        }
        return ended.output().lines().filter(line -> line.startsWith("{")).toList();
    }

    private Ended execute(long seconds, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(dir, "output", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean inTime = process.waitFor(seconds, TimeUnit.SECONDS);
            if (!inTime) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            return new Ended(inTime ? process.exitValue() : -1, Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Ended(-1, String.valueOf(e.getMessage()));
        } finally {
            Files.delete(output);
        }
    }

    private record Ended(int code, String output) {}
}
