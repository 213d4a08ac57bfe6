package dev.tripline.analyzer.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Measures how well the normaliser groups log lines whose true groups are known, with one configuration for all systems.
 *
 * <p>The asserted numbers are a floor against regressions: what was reached on these eight systems, rounded down. The rules
 * were written while looking at what failed on them, so the numbers say nothing about systems nobody has looked at. A line counts for grouping accuracy (GA) if exactly the lines of its true group share
 * its pattern; FGA is the harmonic mean of precision and recall over whole groups, as in
 * <a href="https://arxiv.org/abs/2308.10828">Jiang et al. (2024)</a>. Needs Loghub's labelled files of
 * 2,000 lines in {@code loghub} below {@code tripline.evaluation-data}; skipped without.
 */
class LoghubGroupingTest {

    private static final double GROUPING_ACCURACY_FLOOR = 0.96;
    private static final double GROUP_F1_FLOOR = 0.95;

    @Test
    void groupsTheLinesOfKnownSystems() throws IOException {
        String folder = System.getProperty("tripline.evaluation-data", "");
        assumeTrue(!folder.isEmpty(), "needs -Dtripline.evaluation-data=DIR, a folder that holds loghub");
        Normaliser normaliser = Normaliser.standard();
        List<Path> files;
        try (Stream<Path> listed = Files.list(Path.of(folder, "loghub"))) {
            files = listed.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
        assertThat(files).as("CSV files in %s/loghub", folder).isNotEmpty();
        List<Grouping> all = new ArrayList<>();
        System.out.println("system        GA     FGA    raw GA raw FGA groups (true)");
        for (Path file : files) {
            List<Line> lines = read(file);
            Grouping masked =
                    Grouping.of(lines, text -> normaliser.patternOf(null, text).id());
            Grouping raw = Grouping.of(lines, UnaryOperator.identity());
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %.4f %.4f %.4f %.4f %d (%d)%n",
                    file.getFileName().toString().replace(".csv", ""),
                    masked.accuracy(),
                    masked.f1(),
                    raw.accuracy(),
                    raw.f1(),
                    masked.found(),
                    masked.known());
            all.add(masked);

            Collections.shuffle(lines, new Random(42));
            assertThat(Grouping.of(
                            lines, text -> normaliser.patternOf(null, text).id()))
                    .isEqualTo(masked);
        }
        double accuracy = all.stream().mapToDouble(Grouping::accuracy).average().orElse(0);
        double f1 = all.stream().mapToDouble(Grouping::f1).average().orElse(0);
        System.out.printf(Locale.ROOT, "%-12s %.4f %.4f%n", "mean", accuracy, f1);

        assertThat(accuracy).isGreaterThanOrEqualTo(GROUPING_ACCURACY_FLOOR);
        assertThat(f1).isGreaterThanOrEqualTo(GROUP_F1_FLOOR);
    }

    private record Line(String text, String group) {}

    private record Grouping(double accuracy, double f1, int found, int known) {

        static Grouping of(List<Line> lines, UnaryOperator<String> patternOf) {
            Map<String, Set<Integer>> found = new HashMap<>();
            Map<String, Set<Integer>> known = new HashMap<>();
            for (int i = 0; i < lines.size(); i++) {
                Line line = lines.get(i);
                found.computeIfAbsent(patternOf.apply(line.text()), id -> new HashSet<>())
                        .add(i);
                known.computeIfAbsent(line.group(), group -> new HashSet<>()).add(i);
            }
            Set<Set<Integer>> truth = new HashSet<>(known.values());
            List<Set<Integer>> right =
                    found.values().stream().filter(truth::contains).toList();
            double linesRight = right.stream().mapToInt(Set::size).sum();
            double precision = (double) right.size() / found.size();
            double recall = (double) right.size() / known.size();
            double f1 = right.isEmpty() ? 0 : 2 * precision * recall / (precision + recall);
            return new Grouping(linesRight / lines.size(), f1, found.size(), known.size());
        }
    }

    private static List<Line> read(Path file) throws IOException {
        List<List<String>> rows = rows(Files.readString(file));
        int text = rows.get(0).indexOf("Content");
        int group = rows.get(0).indexOf("EventId");
        List<Line> lines = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            lines.add(new Line(row.get(text), row.get(group)));
        }
        return lines;
    }

    /** Reads CSV with quoted fields and doubled quotes, as RFC 4180 has it. */
    private static List<List<String>> rows(String csv) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (c == '"' && quoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else if (quoted || c != '\r') {
                field.append(c);
            }
        }
        if (!row.isEmpty()) {
            row.add(field.toString());
            rows.add(row);
        }
        return rows;
    }
}
