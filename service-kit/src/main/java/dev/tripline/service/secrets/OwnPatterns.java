package dev.tripline.service.secrets;

import dev.tripline.service.secrets.OwnPattern.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What secrets look like that only an operator knows, as RE2 expressions. Secrets they find are masked as {@code <masked:custom>}
 * wherever others are.
 *
 * <p>A masked secret ends the text before it and begins the text behind it: no expression looks across. So a masked text stays
 * as it is. Time is linear in the length of the text, whatever the expressions. Safe for use by many threads.
 */
public final class OwnPatterns {
    static final String KIND = "custom";
    static final String REASON = "matches a pattern of the configuration";
    private static final OwnPatterns PROCESS = new OwnPatterns();

    private final CopyOnWriteArrayList<OwnPattern> patterns = new CopyOnWriteArrayList<>();

    /** Makes a list of its own, which knows none. */
    public OwnPatterns() {}

    /** Returns the list of this process, which {@link SecretMask#standard()} goes by. */
    public static OwnPatterns process() {
        return PROCESS;
    }

    /**
     * Lists what is wrong with expressions, as {@code path[index]: rule, got value} lines; empty if all can be used.
     *
     * @param path what the configuration calls the list, such as {@code mask}
     */
    public static List<String> problems(String path, List<String> expressions) {
        var problems = new ArrayList<String>();
        for (int i = 0; i < expressions.size(); i++) {
            try {
                OwnPattern.of(expressions.get(i));
            } catch (IllegalArgumentException e) {
                problems.add(path + "[" + i + "]: " + e.getMessage());
            }
        }
        return List.copyOf(problems);
    }

    /**
     * Has what the expressions find masked from now on; those it knows already count once.
     *
     * @throws IllegalArgumentException if one has a problem, with rule and value; then none is taken
     */
    public void use(List<String> expressions) {
        List<OwnPattern> compiled = expressions.stream().map(OwnPattern::of).toList();
        for (OwnPattern pattern : compiled) {
            if (patterns.stream().noneMatch(known -> known.expression().equals(pattern.expression()))) {
                patterns.add(pattern);
            }
        }
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Returns the secrets of a text, in order, never overlapping nor touching; none is in a replacement. */
    List<Span> find(String text) {
        var found = new ArrayList<Span>();
        int open = 0;
        for (int at = text.indexOf(Replacements.HEAD); at >= 0; at = text.indexOf(Replacements.HEAD, at + 1)) {
            int end = Replacements.end(text, at);
            if (end > 0) {
                findBetween(text, open, at, found);
                open = end;
            }
        }
        findBetween(text, open, text.length(), found);
        return found;
    }

    private void findBetween(String text, int start, int end, List<Span> found) {
        if (start == end) {
            return;
        }
        List<Part> shown = List.of(new Part(start, end));
        for (OwnPattern pattern : patterns) {
            shown = shown.stream()
                    .flatMap(part -> without(pattern, text, part).stream())
                    .toList();
        }
        boolean isWhole = shown.size() == 1
                && shown.get(0).start() == start
                && shown.get(0).end() == end;
        int at = start;
        for (Part part : shown) {
            if (!isWhole && hasSecret(text, part)) {
                continue; // such as a match that needs a word to end where now a secret begins
            }
            if (part.start() > at) {
                found.add(new Span(at, part.start(), KIND, REASON));
            }
            at = part.end();
        }
        if (at < end) {
            found.add(new Span(at, end, KIND, REASON));
        }
    }

    /** Returns what is left of a part. */
    private static List<Part> without(OwnPattern pattern, String text, Part part) {
        var left = new ArrayList<Part>();
        int at = part.start();
        while (at < part.end()) {
            Part secret = pattern.next(text, new Part(at, part.end()));
            int until = secret == null ? part.end() : secret.start();
            if (until > at) {
                left.add(new Part(at, until));
            }
            at = secret == null ? part.end() : secret.end();
        }
        return left;
    }

    private boolean hasSecret(String text, Part part) {
        return patterns.stream().anyMatch(pattern -> pattern.next(text, part) != null);
    }
}
