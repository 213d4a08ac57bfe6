package dev.tripline.agent.probe.command;

import dev.tripline.agent.report.ReportFiles;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /** Returns what was written since, and all links that lead out of the folder. */
    ReportFiles find() throws IOException {
        if (globs.isEmpty()) {
            return new ReportFiles(List.of(), List.of());
        }
        ReportFiles found = ReportFiles.below(folder, this::matches);
        var written = new ArrayList<Path>();
        for (Path file : found.files()) {
            if (!Stamp.of(file).equals(before.get(file))) {
                written.add(file);
            }
        }
        return new ReportFiles(written, found.leadingOut());
    }

    private Map<Path, Stamp> look() throws IOException {
        var found = new HashMap<Path, Stamp>();
        if (!globs.isEmpty()) {
            for (Path file : ReportFiles.below(folder, this::matches).files()) {
                found.put(file, Stamp.of(file));
            }
        }
        return found;
    }

    private boolean matches(Path file) {
        Path relative = folder.relativize(file);
        return globs.stream().anyMatch(glob -> glob.matches(relative));
    }

    private record Stamp(FileTime changed, long size) {
        static Stamp of(Path file) throws IOException {
            return new Stamp(Files.getLastModifiedTime(file), Files.size(file));
        }
    }
}
