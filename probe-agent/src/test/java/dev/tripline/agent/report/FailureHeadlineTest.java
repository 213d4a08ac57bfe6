package dev.tripline.agent.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureHeadlineTest {
    private static final Duration GENEROUS = Duration.ofSeconds(5);

    static List<FailureRow> rows() throws IOException {
        return FailureRow.in("what-failures-say.txt");
    }

    @Test
    void readsTheTable() throws Exception {
        assertThat(rows()).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void saysWhatWentWrong(FailureRow row) {
        // When
        ReportedFailure failure = ReportedFailure.of(row.type(), row.message(), row.text(), false, row.test());

        // Then
        assertThat(failure.type()).isEqualTo(row.saysType());
        assertThat(failure.message().strip()).isEqualTo(row.says());
    }

    @Test
    void tellsTwoCausesOfGoApart() throws Exception {
        assertThat(read("""
                <testsuite name="shop/cart" tests="2" failures="2" timestamp="2025-09-11T08:00:00Z" time="1">
                  <testcase classname="shop/cart" name="TestTotal" time="0.1"><failure message="Failed" type="">=== RUN   TestTotal
                    cart_test.go:12: total is 3, want 4
                --- FAIL: TestTotal (0.10s)</failure></testcase>
                  <testcase classname="shop/cart" name="TestStock" time="0.1"><failure message="Failed" type="">=== RUN   TestStock
                    stock_test.go:40: dial tcp 10.0.0.3:5432: connection refused
                --- FAIL: TestStock (0.10s)</failure></testcase>
                </testsuite>
                """))
                .extracting(ReportedFailure::type, ReportedFailure::message)
                .containsExactly(
                        tuple(null, "total is 3, want 4"), tuple(null, "dial tcp 10.0.0.3:5432: connection refused"));
    }

    @Test
    void tellsThreeCausesOfJestApart() throws Exception {
        // When
        List<ReportedFailure> failures = read("""
                <testsuites name="jest tests">
                  <testsuite name="cart" timestamp="2025-09-11T08:00:00" time="1" tests="3" failures="3">
                    <testcase classname="cart" name="keeps the total" time="0.02"><failure>Error: expect(received).toBe(expected) // Object.is equality

                Expected: 200
                Received: 500
                    at Object.toBe (src/cart.spec.ts:2:11)</failure></testcase>
                    <testcase classname="cart" name="asks the stock" time="0.02"><failure>Error: expect(received).toBe(expected) // Object.is equality

                Expected: "in stock"
                Received: "sold out"
                    at Object.toBe (src/cart.spec.ts:9:11)</failure></testcase>
                    <testcase classname="cart" name="logs out" time="0.02"><failure>Error: expect(received).toBe(expected) // Object.is equality

                Expected: "/login"
                Received: null
                    at Object.toBe (src/cart.spec.ts:19:11)</failure></testcase>
                  </testsuite>
                </testsuites>
                """);

        // Then
        assertThat(failures).extracting(ReportedFailure::type).containsOnly("Error");
        assertThat(failures)
                .extracting(ReportedFailure::message)
                .containsExactly(
                        "expect(received).toBe(expected) // Object.is equality\nExpected: 200\nReceived: 500",
                        "expect(received).toBe(expected) // Object.is equality\nExpected: \"in stock\"\nReceived: \"sold out\"",
                        "expect(received).toBe(expected) // Object.is equality\nExpected: \"/login\"\nReceived: null");
    }

    @Test
    void readsTheSameWhereverItRan() throws Exception {
        for (FailureRow row : rows()) {
            // When: elsewhere, later, on other lines
            String moved = row.text().replace("/src/", "/home/b/w/").replaceAll("(\\.\\w+:)\\d+", "$17");
            ReportedFailure here = ReportedFailure.of(row.type(), row.message(), row.text(), false, row.test());
            ReportedFailure there = ReportedFailure.of(row.type(), row.message(), moved, false, row.test());

            // Then
            assertThat(numbersAside(there.message())).as(row.name()).isEqualTo(numbersAside(here.message()));
        }
    }

    private static String numbersAside(String text) {
        return text.replaceAll("\\d+", "#");
    }

    /** Lines are cut, repeated, dropped and mixed: something is always said, and never too much. */
    @Test
    void alwaysSaysSomethingAndNeverTooMuch() throws Exception {
        List<FailureRow> rows = rows();
        for (long seed = 0; seed < 3_000; seed++) {
            // Given
            var random = new SplittableRandom(seed);
            FailureRow row = rows.get(random.nextInt(rows.size()));
            var lines = new ArrayList<>(row.text().lines().toList());
            for (int change = random.nextInt(6); change > 0 && !lines.isEmpty(); change--) {
                int at = random.nextInt(lines.size());
                switch (random.nextInt(4)) {
                    case 0 -> lines.remove(at);
                    case 1 -> lines.addAll(at, Collections.nCopies(random.nextInt(50), lines.get(at)));
                    case 2 ->
                        lines.set(
                                at,
                                lines.get(at)
                                        .substring(random.nextInt(lines.get(at).length() + 1)));
                    default -> {
                        String line = lines.get(at);
                        lines.set(at, line.repeat(line.length() > 3_000 ? 1 : random.nextInt(300)));
                    }
                }
            }
            String text = String.join("\n", lines);
            String message = List.of("", "Failed", "test failure").get(random.nextInt(3));

            // When
            ReportedFailure failure = ReportedFailure.of(row.type(), message, text, false, row.test());

            // Then
            String said = (failure.type() == null ? "" : failure.type()) + failure.message();
            assertThat(said.isBlank())
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(message.isEmpty() && text.isBlank() && failure.type() == null);
            assertThat(failure.message().length())
                    .as("seed %d: %s", seed, text)
                    .isLessThanOrEqualTo(5 * TextOfFailure.LONGEST_LINE + 20);
            assertThat(failure.message().lines().count())
                    .as("seed %d: %s", seed, text)
                    .isLessThanOrEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "E",
                "E   ",
                "E   x\n",
                "\n",
                " ",
                "at ",
                "at a.b(c\n",
                "=== RUN\n",
                "Traceback (most recent call last)\n",
                "a.go:1:",
                "a.go:1: x\n",
                "\u001b]",
                "\u001b[",
                "#x1B[1;",
                "[0m[0m[1;",
                "Error Trace:\nError:\n",
                "[FAILED]\n",
                "a::",
                "A.",
                "A::b\n",
                "- x\n+ y\n",
                "Caused by: ",
                "---> A.B: c\n",
                "1 | \n",
                "#1 (",
                "12345678",
                "\\",
                "Failure/Error:\n",
                "FAILED:\n",
                "› \n"
            })
    void takesLinearTimeForAnyText(String bait) {
        String text = bait.repeat((1 << 20) / bait.length());
        assertThatCode(() -> {
                    ReportedFailure.of(null, "Failed", text, false, "a");
                    ReportedFailure.of(text, text, text, false, "a");
                })
                .doesNotThrowAnyException();
        long began = System.nanoTime();
        FailureHeadline.of(null, "Failed", text, "a");
        FailureHeadline.of(text, text, text, text);
        TerminalCodes.without(text);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(GENEROUS);
    }

    private static List<ReportedFailure> read(String document) throws Exception {
        var said = new Said();
        var context = new ReportContext("report.xml", null, ZoneOffset.UTC, false);
        new JunitXmlReader().read(new ByteArrayInputStream(document.getBytes(UTF_8)), context, said);
        return said.outcomes.stream().map(ReportedOutcome::failure).toList();
    }
}
