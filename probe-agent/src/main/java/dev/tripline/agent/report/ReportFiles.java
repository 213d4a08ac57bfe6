package dev.tripline.agent.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Files found below a folder. Whoever writes a test may lay a link there to a file that only we may read, and learn from our
 * complaints what it holds: a link that leads out of the folder is told apart, to be named and not opened.
 *
 * @param files regular files, and links to such within the folder; sorted
 * @param leadingOut links to what lies elsewhere; sorted
 */
public record ReportFiles(List<Path> files, List<Path> leadingOut) {
    public ReportFiles {
        files = List.copyOf(files);
        leadingOut = List.copyOf(leadingOut);
    }

    /**
     * Walks a folder. Links to folders are not followed.
     *
     * @param wanted tells by its path whether a file is looked for
     * @throws IOException if the folder cannot be read; the message names it
     */
    public static ReportFiles below(Path folder, Predicate<Path> wanted) throws IOException {
        var files = new ArrayList<Path>();
        var leadingOut = new ArrayList<Path>();
        Path root = folder.toRealPath();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.filter(wanted).sorted().toList()) {
                if (!Files.isSymbolicLink(path)) {
                    if (Files.isRegularFile(path)) {
                        files.add(path);
                    }
                } else if (!Files.exists(path) || !path.toRealPath().startsWith(root)) {
                    leadingOut.add(path);
                } else if (Files.isRegularFile(path)) {
                    files.add(path);
                }
            }
        } catch (UncheckedIOException e) {
            throw new IOException(folder + ": cannot be read: " + e.getMessage(), e);
        }
        return new ReportFiles(files, leadingOut);
    }

    /** Says why a link was not read. */
    public static String leadsOut(Path link) {
        return link + ": is a link that leads out of the folder or nowhere, and was not read";
    }
}
