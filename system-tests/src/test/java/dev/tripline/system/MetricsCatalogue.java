package dev.tripline.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of {@code docs/metrics.md}, and what a process answers, in the same terms. */
final class MetricsCatalogue {
    static final Path FILE = Path.of("..", "docs", "metrics.md");

    private static final Pattern WORD = Pattern.compile("`([^`]+)`");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_0-9]+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private MetricsCatalogue() {}

    /**
     * A family of metrics.
     *
     * @param type as Prometheus says
     * @param labels names with all values each may have; empty where any name of its kind may stand
     */
    record Family(String type, Map<String, Set<String>> labels) {}

    /** Reads the tables; by name. */
    static Map<String, Family> documented() throws IOException {
        var families = new TreeMap<String, Family>();
        for (String line : Files.readAllLines(FILE, StandardCharsets.UTF_8)) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 8 && cells[1].startsWith(" `")) {
                String name = words(cells[1]).get(0);
                if (families.put(name, new Family(cells[2].strip(), labels(cells[4]))) != null) {
                    throw new IllegalStateException(FILE + ": " + name + " is there twice");
                }
            }
        }
        return families;
    }

    /** Reads how names of Kafka's clients begin. */
    static Set<String> documentedPrefixes() throws IOException {
        var prefixes = new TreeSet<String>();
        for (String line : Files.readAllLines(FILE, StandardCharsets.UTF_8)) {
            if (line.startsWith("| `kafka_")) {
                prefixes.add(words(line).get(0).replace("…", ""));
            }
        }
        return prefixes;
    }

    private static Map<String, Set<String>> labels(String cell) {
        var labels = new TreeMap<String, Set<String>>();
        for (String part : cell.split(";")) {
            List<String> words = words(part);
            if (!words.isEmpty()) {
                labels.put(words.get(0), new TreeSet<>(words.subList(1, words.size())));
            }
        }
        return labels;
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** Reads an answer in Prometheus' text format; by name. A family without samples has no labels. */
    static Map<String, Family> scraped(String text) {
        var types = new LinkedHashMap<String, String>();
        var labels = new TreeMap<String, Map<String, Set<String>>>();
        for (String line : text.lines().toList()) {
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                types.put(type.group(1), type.group(2));
                labels.put(type.group(1), new TreeMap<>());
            } else if (sample.matches()) {
                String family = familyOf(sample.group(1), types);
                Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
                while (label.find()) {
                    labels.get(family)
                            .computeIfAbsent(label.group(1), name -> new TreeSet<>())
                            .add(label.group(2));
                }
            } else if (!line.startsWith("#") && !line.isBlank()) {
                throw new IllegalStateException("no sample: " + line);
            }
        }
        var families = new TreeMap<String, Family>();
        types.forEach((name, type) -> families.put(name, new Family(type, labels.get(name))));
        return families;
    }

    private static String familyOf(String sample, Map<String, String> types) {
        String name = types.containsKey(sample) ? sample : sample.replaceAll("_(count|sum)$", "");
        if (!types.containsKey(name)) {
            throw new IllegalStateException("a sample without a type: " + sample);
        }
        return name;
    }

    /**
     * Returns what of an answer is not documented, or is so otherwise: its name, its type, its labels or their values.
     *
     * @param scraped what a process answers
     */
    static List<String> faults(Map<String, Family> scraped, Map<String, Family> documented) {
        var faults = new ArrayList<String>();
        scraped.forEach((name, family) -> {
            Family said = documented.get(name);
            if (said == null) {
                faults.add(name + ": is not documented");
                return;
            }
            if (!said.type().equals(family.type())) {
                faults.add(name + ": is a " + family.type() + ", documented as " + said.type());
            }
            if (!said.labels().keySet().equals(family.labels().keySet())) {
                faults.add(name + ": has the labels " + family.labels().keySet() + ", documented are "
                        + said.labels().keySet());
            }
            family.labels().forEach((label, values) -> {
                Set<String> allowed = said.labels().getOrDefault(label, Set.of());
                if (!allowed.isEmpty() && !allowed.containsAll(values)) {
                    faults.add(name + ": " + label + " has the values " + values + ", documented are " + allowed);
                }
            });
        });
        return faults;
    }
}
