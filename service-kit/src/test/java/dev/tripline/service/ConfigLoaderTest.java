package dev.tripline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    enum Mode {
        AT_ONCE,
        LATER
    }

    sealed interface Check permits Command, Request {}

    @Kind("command")
    record Command(List<String> words) implements Check {}

    @Kind("http")
    record Request(URI url, @Default("10s") Duration timeout) implements Check {}

    record Plan(
            String name,
            @Default("5m") Duration every,
            @Default("later") Mode mode,
            @Nullable Check check) {
        List<String> problems(String path) {
            return every.isZero() ? List.of(path + ".every: must be longer than 0s, got 0s") : List.of();
        }
    }

    record All(
            String text,
            int count,
            long size,
            double ratio,
            boolean on,
            Duration span,
            Path path,
            URI address,
            Secret token,
            Mode mode,
            Plan plan,
            List<Plan> plans,
            Map<String, String> labels,
            Map<String, Plan> named,
            @Nullable String note) {}

    record Defaults(
            @Default("") String text,
            @Default("3") int count,
            @Default("0.5") double ratio,
            @Default("true") boolean on,
            @Default("15m") Duration span,
            @Default("data") Path path,
            @Default("at-once") Mode mode,
            @Default("{kind: command, words: [ls]}") Check check,
            @Default("[]") List<Plan> plans,
            @Default("{a: b}") Map<String, String> labels,
            @Nullable Secret token) {}

    record One(String value) {}

    record Ranged(int low, int high) {
        Ranged {
            if (low > high) {
                throw new IllegalArgumentException("low must not be above high, got " + low + " and " + high);
            }
        }

        List<String> problems(String path) {
            return low < 0 ? List.of(path + ".low: must be at least 0, got " + low) : List.of();
        }
    }

    record Span(int least, int most, @Default("[]") List<Plan> plans) {
        List<String> problems(String path) {
            return least < most ? List.of() : List.of(path + ".least: must be below most " + most + ", got " + least);
        }
    }

    @Test
    void whatIsMissingOrUnknownHidesNoProblemBesideOrAboveIt() {
        assertThatThrownBy(() -> ConfigLoader.read("""
                        least: 7
                        most: 5
                        plans:
                          - {every: 0s}
                          - {name: b, colour: red, every: 0s}
                          - {name: c, every: 0s, mode: never}
                          - nothing
                        """, "test", Span.class))
                .asInstanceOf(InstanceOfAssertFactories.type(ConfigException.class))
                .extracting(ConfigException::problems)
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .containsExactlyInAnyOrder(
                        "plans[0].name: is required",
                        "plans[0].every: must be longer than 0s, got 0s",
                        "plans[1].colour: is not a known key; known keys are name, every, mode, check",
                        "plans[1].every: must be longer than 0s, got 0s",
                        "plans[2].mode: must be one of at-once, later, got 'never'",
                        "plans[2].every: must be longer than 0s, got 0s",
                        "plans[3]: must be a mapping, got a single value",
                        "least: must be below most 5, got 7");
    }

    /** Whichever of two numbers is missing: nothing is said that only holds for what was filled in. */
    @ParameterizedTest
    @ValueSource(strings = {"least: 7", "most: 5", "{least: x, most: 5}", "{least: 7, most: x}"})
    void whatIsFilledInIsNoProblemItself(String yaml) {
        assertThatThrownBy(() -> ConfigLoader.read(yaml, "test", Span.class))
                .asInstanceOf(InstanceOfAssertFactories.type(ConfigException.class))
                .extracting(ConfigException::problems)
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .singleElement()
                .asString()
                .doesNotContain("below");
    }

    @Test
    void fillsWhatIsAbsentWithItsDefault() {
        var expected = new Defaults(
                "",
                3,
                0.5,
                true,
                Duration.ofMinutes(15),
                Path.of("data"),
                Mode.AT_ONCE,
                new Command(List.of("ls")),
                List.of(),
                Map.of("a", "b"),
                null);

        assertThat(ConfigLoader.read("", "test", Defaults.class)).isEqualTo(expected);
        assertThat(ConfigLoader.read("plans:\n#  - name: x\ntext: ~\n", "test", Defaults.class))
                .as("a key without a value is as good as absent")
                .isEqualTo(expected);
    }

    @Test
    void readsEveryTypeThereIs() {
        // Given
        String yaml = """
                text: 1.10
                count: -7
                size: 9000000000
                ratio: 1e-3
                on: false
                span: 100ms
                path: /var/lib/x
                address: https://example.org/a?b=c
                token: "0123"
                mode: At_Once
                plan: { name: first, every: 1h }
                plans:
                  - name: second
                    check: { kind: http, url: "http://x" }
                  - { name: third, mode: at-once, check: { kind: command, words: [pytest, -q] } }
                labels: { team.name: core, zip: 01234 }
                named:
                  night: { name: fourth }
                note: hello
                """;

        // When
        All all = ConfigLoader.read(yaml, "test", All.class);

        // Then
        assertThat(all)
                .isEqualTo(new All(
                        "1.10",
                        -7,
                        9_000_000_000L,
                        0.001,
                        false,
                        Duration.ofMillis(100),
                        Path.of("/var/lib/x"),
                        URI.create("https://example.org/a?b=c"),
                        new Secret("0123"),
                        Mode.AT_ONCE,
                        new Plan("first", Duration.ofHours(1), Mode.LATER, null),
                        List.of(
                                new Plan(
                                        "second",
                                        Duration.ofMinutes(5),
                                        Mode.LATER,
                                        new Request(URI.create("http://x"), Duration.ofSeconds(10))),
                                new Plan(
                                        "third",
                                        Duration.ofMinutes(5),
                                        Mode.AT_ONCE,
                                        new Command(List.of("pytest", "-q")))),
                        Map.of("team.name", "core", "zip", "01234"),
                        Map.of("night", new Plan("fourth", Duration.ofMinutes(5), Mode.LATER, null)),
                        "hello"));
        assertThat(all.toString()).contains("token=***").doesNotContain("0123,");
    }

    @Test
    void reportsAllProblemsAtOnceInTheOrderOfTheRecord() {
        String yaml = """
                txet: x
                count: many
                size: 1.5
                ratio: NaN
                on: yes
                span: 1h30m
                path: ""
                address: "http://a b"
                token: [x]
                mode: never
                plan: { name: first, every: 0s }
                plans:
                  - { name: ok }
                  - { evry: 5m }
                  - hello
                  - { name: x, check: { url: "http://x" } }
                  - { name: x, check: { kind: htp } }
                  - { name: x, check: { kind: http } }
                labels: [a]
                named: { "by night": { name: [] } }
                """;

        assertThat(problemsOf(yaml, All.class))
                .containsExactly(
                        "txet: is not a known key; did you mean 'text'?",
                        "text: is required",
                        "count: must be a whole number from -2147483648 to 2147483647, got 'many'",
                        "size: must be a whole number from -9223372036854775808 to 9223372036854775807, got '1.5'",
                        "ratio: must be a number, got 'NaN'",
                        "on: must be true or false, got 'yes'",
                        "span: must be a whole number with a unit (ms, s, m, h, d) such as 15m, got '1h30m'",
                        "path: must be a path, got ''",
                        "address: must be a URI, got 'http://a b'",
                        "token: must be a single value, got a list",
                        "mode: must be one of at-once, later, got 'never'",
                        "plan.every: must be longer than 0s, got 0s",
                        "plans[1].evry: is not a known key; did you mean 'every'?",
                        "plans[1].name: is required",
                        "plans[2]: must be a mapping, got a single value",
                        "plans[3].check.kind: is required, one of command, http",
                        "plans[4].check.kind: must be one of command, http, got 'htp'",
                        "plans[5].check.url: is required",
                        "labels: must be a mapping, got a list",
                        "named['by night'].name: must be a single value, got a list");
    }

    @Test
    void refusesWhatTheRecordItselfRefuses() {
        assertThat(problemsOf("low: 3\nhigh: 2", Ranged.class))
                .containsExactly("low must not be above high, got 3 and 2");
        assertThat(problemsOf("low: -3\nhigh: 2", Ranged.class)).containsExactly("low: must be at least 0, got -3");
    }

    @Test
    void listsTheKnownKeysWhereNoneIsNear() {
        assertThat(problemsOf("low: 1\nhigh: 2\nsomething: 3", Ranged.class))
                .containsExactly("something: is not a known key; known keys are low, high");
    }

    @Test
    void namesLineAndColumnOfBrokenYamlButQuotesNoneOfIt() {
        var refusal = catchThrowableOfType(
                ConfigException.class, () -> ConfigLoader.read("a: 1\npassword: hunter2: x\n", "test", One.class));

        assertThat(refusal.problems()).containsExactly("line 2, column 18: is not YAML");
        assertThat(refusal).hasMessageNotContaining("hunter2");
    }

    /** The parser's words for these quote a tag, an alias and a character. */
    @ParameterizedTest
    @ValueSource(
            strings = {"password: !hunter2!x a", "password: *hunter2", "password: @hunter2", "password: \"\\hunter2\""})
    void quotesNoPasswordThatIsNotYaml(String text) {
        var refusal = catchThrowableOfType(ConfigException.class, () -> ConfigLoader.read(text, "test", One.class));

        assertThat(refusal).hasMessageNotContaining("hunter2").hasMessageNotContaining("(104)");
        assertThat(refusal.problems()).isNotEmpty();
    }

    @Test
    void refusesRepeatedKeysAliasesAndSecondDocuments() {
        assertThat(problemsOf("value: a\nvalue: b\n", One.class))
                .containsExactly("value: must be there once, found again in line 2");
        assertThat(problemsOf("value: &x a\nother: *x\n", One.class))
                .contains("other: must be written out, got a YAML alias");
        assertThat(problemsOf("value: a\n---\nvalue: b\n", One.class))
                .containsExactly("line 3: must be one YAML document, got a second one");
    }

    @ParameterizedTest
    @CsvSource({
        "${env:WHO},world",
        "hello ${env:WHO}${env:WHO},hello worldworld",
        "$${env:WHO},${env:WHO}",
        "$HOME {x} $,$HOME {x} $",
        "$${a ${env:WHO}},${a world}",
        "${env:ODD},a$1\\b"
    })
    void putsInEnvironmentVariables(String written, String read) {
        var env = Map.of("WHO", "world", "ODD", "a$1\\b");

        One one = ConfigLoader.read("value: '" + written + "'", "test", One.class, null, env::get);

        assertThat(one.value()).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "${env:GONE},'value: needs the environment variable GONE, which is not set'",
        "${WHO},'value: must refer to ${env:NAME} or ${file:PATH} (write $${ for a plain ${), got ''${WHO}'''",
        "${env:WHO,'value: must refer to ${env:NAME} or ${file:PATH} (write $${ for a plain ${), got ''${env:WHO'''",
        "${file:gone.txt},'value: needs the file gone.txt, which does not exist'"
    })
    void namesAReferenceThatLeadsNowhere(String written, String problem) {
        var refusal = catchThrowableOfType(
                ConfigException.class,
                () -> ConfigLoader.read(
                        "value: '" + written + "'", "test", One.class, null, Map.of("WHO", "world")::get));

        assertThat(refusal.problems()).containsExactly(problem);
    }

    @Test
    void quotesAReferenceAndNotWhatItStandsFor() {
        var refusal = catchThrowableOfType(
                ConfigException.class,
                () -> ConfigLoader.read(
                        "low: ${env:TOKEN}\nhigh: 2", "test", Ranged.class, null, Map.of("TOKEN", "hunter2")::get));

        assertThat(refusal).hasMessageContaining("got '${env:TOKEN}'").hasMessageNotContaining("hunter2");
    }

    @Test
    void quotesReferencesInProblemsOfTheRecordItselfAndOfItsConstructor() {
        Map<String, String> env = Map.of("LOW", "123456", "HIGH", "100000", "NIL", "0s");

        assertThat(problemsOf("low: ${env:LOW}\nhigh: ${env:HIGH}", Ranged.class, env))
                .containsExactly("low must not be above high, got ${env:LOW} and ${env:HIGH}");
        assertThat(problemsOf("{name: x, every: '${env:NIL}'}", Plan.class, env))
                .containsExactly("every: must be longer than 0s, got '${env:NIL}'");
        assertThat(problemsOf("{least: '${env:LOW}', most: '${env:HIGH}'}", Span.class, env))
                .containsExactly("least: must be below most ${env:HIGH}, got '${env:LOW}'");
    }

    /** Shows its values in every way a record may: with and without "got", in part, beside others, and from its constructor. */
    record Talker(
            String text,
            int number,
            Duration span,
            URI address,
            List<String> items,
            Map<String, String> entries,
            Secret token) {
        Talker {
            if (items.size() > 2) {
                throw new IllegalArgumentException("items are too many, got " + items + " with " + text);
            }
        }

        List<String> problems(String path) {
            var problems = new ArrayList<String>();
            problems.add(path + ".text: must be other than " + address + ", got '" + text + "'");
            for (String word : text.split(",")) {
                problems.add(path + ".text: must be one word, got '" + word.strip() + "'");
                problems.add(path + ": must not hold " + word.strip());
            }
            problems.add(path + ".items: must not be " + items + " beside " + entries);
            entries.forEach((key, value) -> problems.add(path + ".entries." + key + ": is bad, got " + value));
            problems.add(path + ".span: must be 1s, got " + span.toMillis() + "ms");
            return problems;
        }
    }

    @Test
    void showsNoSecretInAnyProblemWhereverItIsPutIn() {
        long seed = 29L;
        var random = new SplittableRandom(seed);
        int told = 0;
        for (int i = 0; i < 3_000; i++) {
            // Given
            var env = new HashMap<String, String>();
            var yaml = new StringBuilder();
            for (String key : List.of("text", "number", "span", "address", "token", "mode", "strange")) {
                if (random.nextInt(6) > 0) {
                    yaml.append(key).append(": ").append(anyValue(random, env)).append('\n');
                }
            }
            yaml.append("items: [");
            for (int n = random.nextInt(4); n > 0; n--) {
                yaml.append(anyValue(random, env)).append(", ");
            }
            yaml.append("]\nentries:")
                    .append(random.nextBoolean() ? " " + anyValue(random, env) : "")
                    .append('\n');
            if (yaml.charAt(yaml.length() - 2) == ':') {
                yaml.append("  a: ")
                        .append(anyValue(random, env))
                        .append("\n  'b c': ")
                        .append(anyValue(random, env));
            }

            // When
            var refusal = catchThrowableOfType(
                    ConfigException.class,
                    () -> ConfigLoader.read(yaml.toString(), "test", Talker.class, null, env::get));

            // Then
            if (refusal != null) {
                told++;
                for (String secret : env.values()) {
                    for (String part : secret.split(",\\s*")) {
                        assertThat(refusal.getMessage() + refusal.problems())
                                .as("seed %d, step %d:%n%s", seed, i, yaml)
                                .doesNotContain(part);
                    }
                }
            }
        }
        assertThat(told).isGreaterThan(2_000);
    }

    private static String anyValue(SplittableRandom random, Map<String, String> env) {
        String name = "V" + env.size();
        String secret = "s" + Long.toString(random.nextLong() & Long.MAX_VALUE, 36) + "x";
        env.put(
                name,
                switch (random.nextInt(5)) {
                    case 0 -> Long.toString(1_000_000 + random.nextInt(1_000_000_000));
                    case 1 -> (1_000_000 + random.nextInt(1_000_000_000)) + "ms";
                    case 2 -> secret + ", " + new StringBuilder(secret).reverse();
                    case 3 -> "https://bob:" + secret + "@host";
                    default -> secret;
                });
        return random.nextBoolean() ? "\"${env:" + name + "}\"" : "\"p-${env:" + name + "}, q\"";
    }

    @Test
    void resolvesPathsAgainstTheFolderOfTheFile(@TempDir Path folder) throws Exception {
        // Given
        record Files2(Path relative, Path absolute, Secret token) {}
        Path file = folder.resolve("tripline.yaml");
        Files.writeString(folder.resolve("token.txt"), "s3cret\n");
        Files.writeString(file, "relative: a/b\nabsolute: /c\ntoken: ${file:token.txt}\n");

        // When
        Files2 read = ConfigLoader.load(file, Files2.class);

        // Then
        assertThat(read).isEqualTo(new Files2(folder.resolve("a/b"), Path.of("/c"), new Secret("s3cret")));
    }

    @Test
    void namesAFileThatCannotBeRead(@TempDir Path folder) throws Exception {
        Path gone = folder.resolve("gone.yaml");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> ConfigLoader.load(gone, One.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(gone.toString(), "no such file");
        assertThatThrownBy(() -> ConfigLoader.load(binary, One.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(binary.toString(), "UTF-8");
    }

    @Test
    void readsBackAnyTextAnOperatorCanQuote() {
        long seed = 7L;
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            // Given
            var labels = new HashMap<String, String>();
            var values = new ArrayList<String>();
            for (int n = random.nextInt(5); n > 0; n--) {
                labels.put(anyText(random), anyText(random));
                values.add(anyText(random));
            }
            var yaml = new StringBuilder("labels: {");
            labels.forEach((k, v) -> yaml.append(quoted(k))
                    .append(": ")
                    .append(quoted(v.replace("${", "$${")))
                    .append(","));
            yaml.append("}\nvalues: [");
            values.forEach(v -> yaml.append(quoted(v.replace("${", "$${"))).append(","));
            yaml.append("]\n");

            // When
            Texts read = ConfigLoader.read(yaml.toString(), "test", Texts.class);

            // Then
            assertThat(read).as("seed %d, step %d", seed, i).isEqualTo(new Texts(labels, values));
        }
    }

    record Texts(Map<String, String> labels, List<String> values) {}

    private static String anyText(SplittableRandom random) {
        String alphabet = "ab01:#-{}[]'\"\\,&*!|>%@`$ ~.é€\n";
        var text = new StringBuilder();
        for (int n = random.nextInt(12); n > 0; n--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    @Test
    void survivesGarbageWithARefusal() {
        long seed = 11L;
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            String alphabet = "value: {}[]-\n\t'\"&*!|>%@#0x\u0000";
            var bytes = new byte[random.nextInt(60)];
            for (int n = 0; n < bytes.length; n++) {
                bytes[n] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            String yaml = new String(bytes, StandardCharsets.ISO_8859_1);
            try {
                assertThat(ConfigLoader.read(yaml, "test", One.class)).isNotNull();
            } catch (ConfigException e) {
                assertThat(e.problems()).as("seed %d, step %d", seed, i).isNotEmpty();
            }
        }
    }

    private static List<String> problemsOf(String yaml, Class<?> type, Map<String, String> env) {
        return catchThrowableOfType(ConfigException.class, () -> ConfigLoader.read(yaml, "test", type, null, env::get))
                .problems();
    }

    private static List<String> problemsOf(String yaml, Class<?> type) {
        return catchThrowableOfType(ConfigException.class, () -> ConfigLoader.read(yaml, "test", type))
                .problems();
    }
}
