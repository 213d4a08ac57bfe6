package dev.tripline.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tripline.system.MetricsCatalogue.Family;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboard and the alert rules of {@code examples} use what the processes tell, and can be read by their programs. */
@Timeout(60)
class MonitoringExamplesTest {
    private static final Path DASHBOARD = Path.of("..", "examples", "grafana", "tripline.json");
    private static final Path ALERTS = Path.of("..", "examples", "prometheus", "alerts.yml");

    private static final Pattern METRIC =
            Pattern.compile("\\b((?:tripline|jvm|kafka)_[a-z0-9_]+|up)\\b(?:\\s*\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\bby\\s*\\(([^)]*)\\)");
    private static final Pattern SHOWN = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?([a-z_]+)\\s*}}");
    private static final Pattern SECTION = Pattern.compile("docs/metrics\\.md#([a-z-]+)");

    /** What Prometheus adds to each sample. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    @Test
    void theDashboardAsksForWhatThereIs() throws IOException {
        // Given
        JsonNode dashboard = JSON.readTree(DASHBOARD.toFile());
        List<JsonNode> panels = nodes(dashboard.get("panels"));

        // Then
        assertThat(dashboard.get("schemaVersion").asInt())
                .as("the last version of Grafana's classic schema")
                .isEqualTo(42);
        assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels)
                .filteredOn(panel -> panel.get("type").asText().equals("row"))
                .extracting(panel -> panel.get("title").asText())
                .containsExactly(
                        "Is it alive?",
                        "Is it behind?",
                        "What does it decide?",
                        "What is put aside?",
                        "What does it cost?");
        var faults = new ArrayList<String>();
        for (JsonNode panel : panels) {
            if (panel.get("type").asText().equals("row")) {
                continue;
            }
            String title = panel.get("title").asText();
            assertThat(panel.get("datasource").get("uid").asText()).as(title).isEqualTo("${datasource}");
            assertThat(nodes(panel.get("targets"))).as(title).isNotEmpty();
            for (JsonNode target : nodes(panel.get("targets"))) {
                faults.addAll(faults(
                        title,
                        target.get("expr").asText(),
                        target.get("legendFormat").asText()));
            }
            faults.addAll(sectionFaults(title, panel.get("description").asText()));
        }
        assertThat(faults).isEmpty();
        assertThat(overlapping(panels)).isEmpty();
        assertThat(nodes(dashboard.get("templating").get("list")))
                .extracting(
                        variable -> variable.get("name").asText(),
                        variable -> variable.get("type").asText())
                .contains(tuple("datasource", "datasource"));
    }

    @Test
    void theDashboardShowsAllThatIsOurs() throws IOException {
        String dashboard = Files.readString(DASHBOARD, StandardCharsets.UTF_8);

        assertThat(MetricsCatalogue.documented().keySet())
                .filteredOn(name -> name.startsWith("tripline_"))
                .allSatisfy(name -> assertThat(dashboard).contains(name));
    }

    @Test
    void eachAlertAsksForWhatThereIsAndSaysWhereToReadOn() throws IOException {
        // Given
        List<JsonNode> rules = nodes(new YAMLMapper()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .readTree(ALERTS.toFile())
                .get("groups")
                .get(0)
                .get("rules"));

        // Then
        assertThat(rules).extracting(rule -> rule.get("alert").asText()).doesNotHaveDuplicates();
        var faults = new ArrayList<String>();
        for (JsonNode rule : rules) {
            String name = rule.get("alert").asText();
            String summary = rule.get("annotations").get("summary").asText();
            String description = rule.get("annotations").get("description").asText();
            faults.addAll(faults(name, rule.get("expr").asText(), summary + description));
            faults.addAll(sectionFaults(name, description));
            assertThat(description).as(name).containsPattern(SECTION);
            assertThat(summary).as(name).isNotBlank();
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void prometheusTakesTheAlerts() throws Exception {
        String promtool = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        assumeThat(promtool)
                .as("promtool is not installed (Debian's package prometheus has it)")
                .isNotEmpty();

        Process process = new ProcessBuilder(promtool, "check", "rules", ALERTS.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    @Test
    void noticesWhatThereIsNot() throws IOException {
        assertThat(faults(
                        "a",
                        "sum by (colour) (tripline_sink_issues{state=\"odd\", size=\"1\"})",
                        "{{state}} {{taste}}"))
                .containsExactly(
                        "a: tripline_sink_issues has no label size",
                        "a: tripline_sink_issues has no state odd",
                        "a: no metric has the label colour",
                        "a: no metric has the label taste");
        assertThat(faults("b", "rate(tripline_nothing_total[5m])", ""))
                .containsExactly("b: tripline_nothing_total is not in docs/metrics.md");
        assertThat(sectionFaults("c", "docs/metrics.md#nowhere"))
                .containsExactly("c: docs/metrics.md has no section nowhere");
    }

    /** Returns what of an expression, and of what is shown with it, is not in the catalogue. */
    private static List<String> faults(String place, String expression, String shown) throws IOException {
        Map<String, Family> documented = MetricsCatalogue.documented();
        var faults = new ArrayList<String>();
        var labels = new TreeSet<String>(OF_PROMETHEUS);
        Matcher metric = METRIC.matcher(expression);
        while (metric.find()) {
            String name = metric.group(1);
            Family family = name.equals("up")
                    ? new Family("gauge", Map.of())
                    : documented.getOrDefault(name, documented.get(name.replaceAll("_(count|sum)$", "")));
            if (family == null) {
                faults.add(place + ": " + name + " is not in docs/metrics.md");
                continue;
            }
            labels.addAll(family.labels().keySet());
            Matcher matcher = MATCHER.matcher(metric.group(2) == null ? "" : metric.group(2));
            var ofThis = new TreeSet<String>();
            while (matcher.find()) {
                String label = matcher.group(1);
                Set<String> values = family.labels().getOrDefault(label, Set.of());
                if (!family.labels().containsKey(label) && !OF_PROMETHEUS.contains(label)) {
                    ofThis.add(place + ": " + name + " has no label " + label);
                } else if (!values.isEmpty() && !values.contains(matcher.group(2))) {
                    ofThis.add(place + ": " + name + " has no " + label + " " + matcher.group(2));
                }
            }
            faults.addAll(ofThis);
        }
        var asked = new ArrayList<String>();
        GROUPING.matcher(expression)
                .results()
                .forEach(by -> asked.addAll(List.of(by.group(1).split("\\s*,\\s*"))));
        SHOWN.matcher(shown).results().forEach(label -> asked.add(label.group(1)));
        asked.stream()
                .filter(label -> !labels.contains(label))
                .forEach(label -> faults.add(place + ": no metric has the label " + label));
        return faults;
    }

    private static List<String> sectionFaults(String place, String text) throws IOException {
        List<String> sections = Files.readAllLines(MetricsCatalogue.FILE, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring(4).toLowerCase(Locale.ROOT).replace(' ', '-'))
                .toList();
        return SECTION.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(section -> !sections.contains(section))
                .map(section -> place + ": docs/metrics.md has no section " + section)
                .toList();
    }

    private static List<String> overlapping(List<JsonNode> panels) {
        var overlapping = new ArrayList<String>();
        for (int i = 0; i < panels.size(); i++) {
            for (int j = i + 1; j < panels.size(); j++) {
                JsonNode a = panels.get(i).get("gridPos");
                JsonNode b = panels.get(j).get("gridPos");
                if (touch(a, b, "x", "w") && touch(a, b, "y", "h")) {
                    overlapping.add(
                            panels.get(i).get("title") + " and " + panels.get(j).get("title"));
                }
            }
        }
        return overlapping;
    }

    private static boolean touch(JsonNode a, JsonNode b, String from, String length) {
        return a.get(from).asInt() < b.get(from).asInt() + b.get(length).asInt()
                && b.get(from).asInt() < a.get(from).asInt() + a.get(length).asInt();
    }

    private static List<JsonNode> nodes(JsonNode array) {
        var nodes = new ArrayList<JsonNode>();
        array.forEach(nodes::add);
        return nodes;
    }
}
