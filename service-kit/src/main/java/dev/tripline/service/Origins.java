package dev.tripline.service;

import dev.tripline.service.secrets.KnownSecrets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Remembers what was put into a configuration from outside its file, so that no problem shows it: it may be a secret wherever it
 * stands.
 *
 * <p>The value of a problem is known by its path. Other values in it, such as that of a limit that is another key, are known by
 * their text, if they are long enough to be secrets.
 */
final class Origins {
    private static final int SHORTEST = KnownSecrets.SHORTEST;
    private static final Pattern BETWEEN_PARTS = Pattern.compile("[\\s,;]+");
    private static final String BEHIND_PATH = ":.[";

    private final Map<String, String> writtenByPath = new HashMap<>();

    /** References by what they stand for, longest first, so that a part is not taken for the whole. */
    private final Map<String, String> references =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** Takes what the file says at a path, with its references. */
    void written(String path, String text) {
        writtenByPath.put(path, text);
    }

    /** Takes what a reference stands for. */
    void putIn(String reference, String value) {
        add(reference, value);
        // A record may tell of one part of a list, or of a value without what is around it.
        for (String part : BETWEEN_PARTS.split(value)) {
            add(reference, part);
        }
    }

    private void add(String reference, String value) {
        if (value.length() >= SHORTEST) {
            references.putIfAbsent(value, reference);
        }
    }

    /** Returns a line of a problem report with what the file says in place of what was put in. */
    String hide(String problem) {
        int path = -1;
        String written = "";
        for (Map.Entry<String, String> each : writtenByPath.entrySet()) {
            int length = each.getKey().length();
            if (length > path
                    && problem.startsWith(each.getKey())
                    && problem.length() > length
                    && BEHIND_PATH.indexOf(problem.charAt(length)) >= 0) {
                path = length;
                written = each.getValue();
            }
        }
        int got = path < 0 ? -1 : problem.indexOf(ConfigException.GOT, path);
        return got < 0
                ? withReferences(problem)
                : withReferences(problem.substring(0, got)) + ConfigException.GOT + "'" + written + "'";
    }

    private String withReferences(String text) {
        if (references.keySet().stream().noneMatch(text::contains)) {
            return text;
        }
        var shown = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            String value = valueAt(text, at);
            shown.append(value.isEmpty() ? String.valueOf(text.charAt(at)) : references.get(value));
            at += Math.max(1, value.length());
        }
        return shown.toString();
    }

    private String valueAt(String text, int at) {
        List<String> found = references.keySet().stream()
                .filter(value -> text.startsWith(value, at))
                .limit(1)
                .toList();
        return found.isEmpty() ? "" : found.get(0);
    }
}
