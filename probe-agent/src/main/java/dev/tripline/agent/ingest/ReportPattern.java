package dev.tripline.agent.ingest;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A pattern of paths as shells know them, which {@code **}{@code /} makes match in the folder itself and in all within. */
final class ReportPattern {
    private static final String SIGNS = "*?[{";
    private static final Pattern ENDING = Pattern.compile(".*\\.[A-Za-z0-9]+");

    private final Path folder;
    private final List<PathMatcher> matchers;
    private final boolean namesEnding;

    /**
     * Takes a path whose parts may hold signs.
     *
     * @throws PatternSyntaxException if it is no pattern
     */
    ReportPattern(Path pattern) {
        Path fixed = pattern.isAbsolute() ? pattern.getRoot() : Path.of("");
        int parts = 0;
        while (parts < pattern.getNameCount()
                && !hasSigns(pattern.getName(parts).toString())) {
            fixed = fixed.resolve(pattern.getName(parts));
            parts++;
        }
        String rest = pattern.subpath(parts, pattern.getNameCount()).toString();
        this.folder = fixed;
        this.namesEnding = ENDING.matcher(String.valueOf(pattern.getFileName())).matches();
        this.matchers = List.of(matcher(rest), matcher(rest.replace("**/", "")));
    }

    /** Tells whether a path is one, rather than the name of a file. */
    static boolean isPattern(Path path) {
        return hasSigns(path.toString());
    }

    /** Returns the deepest folder that all matches lie in. */
    Path folder() {
        return folder;
    }

    /** Tells whether all that matches ends alike ({@code *.log}), so that the operator has said what is a report. */
    boolean namesEnding() {
        return namesEnding;
    }

    /** Tells whether a file within {@link #folder} matches. */
    boolean matches(Path file) {
        Path relative = folder.toString().isEmpty() ? file : folder.relativize(file);
        return matchers.stream().anyMatch(matcher -> matcher.matches(relative));
    }

    private static PathMatcher matcher(String pattern) {
        return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    }

    private static boolean hasSigns(String text) {
        return text.chars().anyMatch(c -> SIGNS.indexOf(c) >= 0);
    }
}
