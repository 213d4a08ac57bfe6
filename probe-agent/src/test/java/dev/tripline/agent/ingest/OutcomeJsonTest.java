package dev.tripline.agent.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tripline.events.Failure;
import dev.tripline.events.OutcomeStatus;
import dev.tripline.events.SuiteRun;
import dev.tripline.events.TestOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeJsonTest {
    private static final List<String> TEXTS = List.of(
            "x",
            "KeyError: 'x'",
            "java.lang.IllegalStateException: java.lang.IllegalStateException: gone",
            "two\nlines\tand \"quotes\" \\ <b> é € \uD83D\uDE00",
            " blanks around ",
            "\u001b[31mred\u001b[0m \u2028",
            "null");

    private static final List<OutcomeStatus> STATUSES = List.of(OutcomeStatus.values());

    @TempDir
    private Path folder;

    @Test
    void readsBackWhatItWrites() throws Exception {
        for (long seed = 0; seed < 200; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            var written = new ArrayList<TestOutcome>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                written.add(outcome(random));
            }
            Path lines = Files.write(
                    folder.resolve("o.jsonl"),
                    written.stream().map(OutcomeJson::line).toList());

            // When
            var read = new ArrayList<TestOutcome>();
            var runs = new ArrayList<SuiteRun>();
            ReadReport report = ReportOutcomes.read(lines, IngestOptions.none(), read::add, runs::add);

            // Then
            assertThat(read).as("seed %d", seed).isEqualTo(written);
            assertThat(report.warnings()).as("seed %d", seed).isEmpty();
            assertThat(runs).as("seed %d", seed).isNotEmpty();
        }
    }

    /** A field that is added to the record must be written too. */
    @Test
    void writesEveryField() throws Exception {
        // Given
        var random = new SplittableRandom(1);
        var names = new TreeSet<String>();
        TestOutcome.getClassSchema().getFields().forEach(field -> names.add(field.name()));
        Failure.getClassSchema().getFields().forEach(field -> {
            String name = field.name();
            names.add("failure" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
        });
        names.remove("failure");

        // When
        var written = new TreeSet<String>();
        new ObjectMapper()
                .readTree(OutcomeJson.line(outcome(random)))
                .fieldNames()
                .forEachRemaining(written::add);

        // Then
        assertThat(written).isEqualTo(names);
    }

    private static TestOutcome outcome(SplittableRandom random) {
        OutcomeStatus status = STATUSES.get(random.nextInt(STATUSES.size()));
        Instant startedAt = Instant.ofEpochMilli(random.nextLong(946_684_800_000L, 4_102_444_800_000L));
        Map<String, String> attributes = new HashMap<>();
        if (random.nextBoolean()) {
            attributes.put("classname", text(random));
        }
        if (random.nextBoolean()) {
            attributes.put(text(random), text(random));
        }
        boolean fails = status != OutcomeStatus.PASSED && random.nextBoolean();
        return TestOutcome.newBuilder()
                .setEnvironment(text(random))
                .setSuite(text(random))
                .setClassName(random.nextBoolean() ? "" : text(random))
                .setTest(text(random))
                .setLocation(text(random))
                .setSource(text(random))
                .setRun(random.nextLong(0, Long.MAX_VALUE))
                .setAttempt(random.nextInt(1, 4))
                .setStatus(status)
                .setStartedAt(startedAt)
                .setEndedAt(startedAt.plusMillis(random.nextLong(0, 100_000)))
                .setDurationMillis(random.nextBoolean() ? null : (Long) random.nextLong(0, 100_000))
                .setFailure(
                        fails
                                ? Failure.newBuilder()
                                        .setType(orNull(random))
                                        .setMessage(random.nextBoolean() ? "" : text(random))
                                        .setDetails(orNull(random))
                                        .setTruncated(random.nextBoolean())
                                        .build()
                                : null)
                .setService(orNull(random))
                .setRevision(orNull(random))
                .setProbeKind(text(random))
                .setAgent(orNull(random))
                .setTags(random.nextBoolean() ? List.of() : List.of("a", "b"))
                .setFlaky(random.nextBoolean())
                .setEarlierFailures(random.nextBoolean() ? List.of() : List.of(text(random), text(random)))
                .setQuarantined(random.nextBoolean())
                .setAttributes(attributes)
                .build();
    }

    private static String orNull(SplittableRandom random) {
        return random.nextBoolean() ? null : text(random);
    }

    private static String text(SplittableRandom random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }
}
