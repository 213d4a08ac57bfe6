package dev.tripline.agent.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports that the frameworks wrote; {@code frameworks/README.md} says how, and {@code frameworks/*.txt} what they say. */
class FrameworkReportsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "catch2",
                "dotnet",
                "ginkgo",
                "go",
                "jest",
                "junit4",
                "junit4-setup",
                "junit5",
                "mocha",
                "phpunit",
                "playwright",
                "pytest",
                "rspec",
                "unittest"
            })
    void saysWhatTheFrameworkSaid(String framework) throws Exception {
        // When
        String said = outcomes(resource(framework + ".xml")).stream()
                .map(FrameworkReportsTest::shown)
                .collect(Collectors.joining("\n"));

        // Then
        assertThat(said).isEqualTo(new String(resource(framework + ".txt"), UTF_8));
    }

    private static String shown(ReportedOutcome outcome) {
        ReportedFailure failure = Objects.requireNonNull(outcome.failure(), String.valueOf(outcome.test()));
        String details = failure.details() == null ? "" : failure.details().strip();
        return "test:    " + String.valueOf(outcome.test()).strip()
                + "\nstatus:  " + outcome.status()
                + "\ntype:    " + (failure.type() == null ? "-" : failure.type())
                + "\nmessage: " + failure.message().strip().replace("\n", "\n         ")
                + "\ndetails: " + details.lines().count() + " lines, the first: "
                + details.lines().findFirst().orElse("").stripTrailing() + "\n";
    }

    /** Whatever becomes of the lines of a real failure, reading says something and never too much. */
    @Test
    void alwaysSaysSomethingOfReportsThatWereCutOrRepeated() throws Exception {
        List<ReportedFailure> real = outcomes(resource("junit5.xml")).stream()
                .map(ReportedOutcome::failure)
                .toList();
        for (long seed = 0; seed < 500; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            ReportedFailure failure = real.get(random.nextInt(real.size()));
            String[] lines = String.valueOf(failure.details()).split("\n");
            int from = random.nextInt(lines.length);
            int to = from + random.nextInt(lines.length - from + 1);
            String cut =
                    String.join("\n", Arrays.asList(lines).subList(from, to)).repeat(1 + random.nextInt(3));

            // When
            ReportedFailure read = ReportedFailure.of(null, "Failed", cut, false, null);

            // Then
            assertThat(read.message() + read.type())
                    .as("seed %d: %s", seed, cut)
                    .isNotBlank();
            assertThat(read.message().lines().count())
                    .as("seed %d: %s", seed, cut)
                    .isLessThanOrEqualTo(5);
        }
    }

    private static List<ReportedOutcome> outcomes(byte[] report) throws Exception {
        var said = new Said();
        var context = new ReportContext("report.xml", null, ZoneOffset.UTC, false);
        new JunitXmlReader().read(new ByteArrayInputStream(report), context, said);
        return said.outcomes;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(FrameworkReportsTest.class.getResourceAsStream("frameworks/" + name), name)) {
            return stream.readAllBytes();
        }
    }
}
