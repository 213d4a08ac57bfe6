package dev.tripline.agent.probe.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Tells the reports a run wrote from those that lay there before: a file counts if it is new or was changed. No clock is
 * asked, because that of the file system may differ from ours.
 */
final class WrittenReports {
    private final Path folder;
    private final List<PathMatcher> globs;
    private final Map<Path, Stamp> before;

    /** Remembers what lies there now. */
    WrittenReports(Path folder, List<String> globs) throws IOException {
        this.folder = folder;
        this.globs = globs.stream()
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
                .toList();
        this.before = look();
    }

    /** Returns what was written since, sorted. */
    List<Path> find() throws IOException {
        var written = new ArrayList<Path>();
        look().forEach((file, stamp) -> {
            if (!stamp.equals(before.get(file))) {
                written.add(file);
            }
        });
        return written;
    }

    private Map<Path, Stamp> look() throws IOException {
        var found = new TreeMap<Path, Stamp>();
        if (globs.isEmpty()) {
            return found;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(this::matches).filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        for (Path file : files) {
            found.put(file, new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
        }
        return found;
    }

    private boolean matches(Path file) {
        Path relative = folder.relativize(file);
        return globs.stream().anyMatch(glob -> glob.matches(relative));
    }

    private record Stamp(FileTime changed, long size) {}
}
