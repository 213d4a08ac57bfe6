package dev.tripline.agent.probe.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process and all that comes from it, also what left its parent, its group and its session. A descendant is known by the
 * tree of processes whenever that was looked at, and, where there is {@code /proc}, by a variable that it inherited. One that
 * does both, casting off its variables and leaving its parent between two looks, is not found.
 *
 * <p>Processes are held with their times of start, so that none that has got the number of another is taken for it.
 */
final class Offspring {
    /** Name of the variable that a process hands on to its descendants. */
    static final String MARK = "TRIPLINE_PROBE_RUN";

    private static final Path PROCESSES = Path.of("/proc");
    private static final int MOST_ROUNDS = 50;
    private static final int QUIET_ROUNDS = 3;
    private static final long PAUSE_MILLIS = 10;
    private static final long PATIENCE_MILLIS = 2_000;

    private final ProcessHandle root;
    private final String mark;
    private final Set<ProcessHandle> known = new LinkedHashSet<>();

    /**
     * @param root its variable {@link #MARK} has the value
     * @param mark value that no other process has
     */
    Offspring(ProcessHandle root, String mark) {
        this.root = root;
        this.mark = MARK + "=" + mark;
    }

    /** Looks at the tree as it is now. */
    void look() {
        root.descendants().forEach(known::add);
        for (ProcessHandle each : List.copyOf(known)) {
            each.descendants().forEach(known::add);
        }
    }

    /**
     * Ends all that still run, the root too, and returns once they are gone or do not go.
     *
     * @return number of descendants that had to be ended
     */
    int end() throws InterruptedException {
        var ended = new LinkedHashSet<ProcessHandle>();
        int quiet = 0;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            look();
            known.addAll(marked());
            known.removeIf(each -> !each.isAlive());
            if (known.isEmpty() && !root.isAlive()) {
                // A process that is just being replaced by another program shows no variables for a moment.
                if (++quiet == QUIET_ROUNDS) {
                    break;
                }
                Thread.sleep(PAUSE_MILLIS);
                continue;
            }
            quiet = 0;
            ended.addAll(known);
            root.destroyForcibly();
            known.forEach(ProcessHandle::destroyForcibly);
            await(root);
            for (ProcessHandle each : List.copyOf(known)) {
                await(each);
            }
        }
        return ended.size();
    }

    private static void await(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Asked again in the next round.
        }
    }

    /** Returns the processes whose variables hold the mark; those of other users cannot be asked. */
    private Set<ProcessHandle> marked() {
        var found = new LinkedHashSet<ProcessHandle>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path folder : folders) {
                // Its time of start is noted before its variables are read: they are of this process or of one that it
                // is not.
                Optional<ProcessHandle> process =
                        ProcessHandle.of(Long.parseLong(String.valueOf(folder.getFileName())));
                if (process.isPresent()
                        && process.get().pid() != ProcessHandle.current().pid()
                        && isMarked(folder)) {
                    found.add(process.get());
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No /proc on this system: the tree has to do.
        }
        return found;
    }

    private boolean isMarked(Path folder) {
        try {
            String variables = Files.readString(folder.resolve("environ"), StandardCharsets.ISO_8859_1);
            return variables.startsWith(mark + "\0") || variables.contains("\0" + mark + "\0");
        } catch (IOException e) {
            return false;
        }
    }
}
