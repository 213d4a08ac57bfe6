package dev.tripline.service;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/** How configuration keys are written, found and named in problems. */
final class KeyNames {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    private KeyNames() {}

    /** Returns the key of a record component: {@code bootstrapServers} is {@code bootstrap_servers}. */
    static String ofComponent(String component) {
        return HUMP.matcher(component).replaceAll("_").toLowerCase(Locale.ROOT);
    }

    /** Returns the path of a key; one that is not a plain word is quoted, as {@code properties['sasl.mechanism']}. */
    static String child(String path, String key) {
        if (!PLAIN.matcher(key).matches()) {
            return path + "['" + key + "']";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Returns a line of a problem report; the root has no path. */
    static String line(String path, String rule) {
        return path.isEmpty() ? rule : path + ": " + rule;
    }

    /** Returns what to tell someone who wrote a key that is none of {@code known}. */
    static String advice(String key, Collection<String> known) {
        String nearest = null;
        // A third of the letters wrong is still likely a slip; more is likely another word.
        int least = Math.max(2, key.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(key.toLowerCase(Locale.ROOT), candidate);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        if (nearest != null) {
            return "; did you mean '" + nearest + "'?";
        }
        return known.isEmpty() ? "; no keys are known here" : "; known keys are " + String.join(", ", known);
    }

    /** Levenshtein's distance, row by row. */
    private static int distance(String a, String b) {
        var above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
