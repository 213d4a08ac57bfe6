package dev.tripline.benchmarks.reports;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;

/**
 * A JUnit report as Surefire writes it: suites of 200 cases, of which one in twenty fails with a stack trace and one in ten has
 * printed some lines. The same seed and size give the same bytes but for the day.
 */
final class GeneratedReport {
    private static final int CASES_PER_SUITE = 200;
    private static final int FAILS_ONE_IN = 20;
    private static final int PRINTS_ONE_IN = 10;

    private static final String[] WORDS = {
        "cart",
        "order",
        "checkout",
        "login",
        "invoice",
        "customer",
        "stock",
        "price",
        "search",
        "report",
        "mail",
        "export"
    };

    private final SplittableRandom random;
    private final Instant day;

    GeneratedReport(long seed, Instant day) {
        this.random = new SplittableRandom(seed);
        this.day = day;
    }

    /**
     * Writes a report.
     *
     * @param bytes about how many; at most one suite more
     * @return number of test cases
     */
    long write(Path file, long bytes) throws IOException {
        long cases = 0;
        long written = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
            for (int suite = 0; written < bytes; suite++) {
                String text = suite(suite);
                out.write(text);
                written += text.length();
                cases += CASES_PER_SUITE;
            }
            out.write("</testsuites>\n");
        }
        return cases;
    }

    private String suite(int number) {
        String name = "com.example.shop." + word() + "." + hump() + hump() + "Suite" + number + "Test";
        String begin = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                LocalDateTime.ofInstant(day.plusSeconds(number), ZoneOffset.UTC).withNano(0));
        var text = new StringBuilder(80_000)
                .append("  <testsuite name=\"")
                .append(name)
                .append("\" tests=\"200\" timestamp=\"")
                .append(begin)
                .append(
                        "\" hostname=\"ci\">\n    <properties><property name=\"java.version\" value=\"17\"/></properties>\n");
        for (int i = 0; i < CASES_PER_SUITE; i++) {
            testCase(text, name, i);
        }
        return text.append("  </testsuite>\n").toString();
    }

    private void testCase(StringBuilder text, String suite, int number) {
        text.append("    <testcase name=\"")
                .append(word())
                .append(hump())
                .append("KeepsIts")
                .append(hump())
                .append(number)
                .append("\" classname=\"")
                .append(suite)
                .append("\" time=\"0.")
                .append(random.nextInt(100, 1_000))
                .append('"');
        boolean fails = random.nextInt(FAILS_ONE_IN) == 0;
        boolean prints = random.nextInt(PRINTS_ONE_IN) == 0;
        if (!fails && !prints) {
            text.append("/>\n");
            return;
        }
        text.append(">\n");
        if (fails) {
            failure(text, suite);
        }
        if (prints) {
            output(text);
        }
        text.append("    </testcase>\n");
    }

    private void failure(StringBuilder text, String suite) {
        String message =
                "expected: &lt;" + random.nextInt(1_000) + "&gt; but was: &lt;" + random.nextInt(1_000) + "&gt;";
        text.append("      <failure message=\"")
                .append(message)
                .append("\" type=\"org.opentest4j.AssertionFailedError\">")
                .append("org.opentest4j.AssertionFailedError: ")
                .append(message)
                .append('\n');
        int frames = random.nextInt(10, 30);
        for (int i = 0; i < frames; i++) {
            text.append("\tat ")
                    .append(i % 4 == 3 ? suite : "org.junit.jupiter.engine.execution." + hump() + "Chain")
                    .append('.')
                    .append(word())
                    .append(hump())
                    .append('(')
                    .append(hump())
                    .append("Chain.java:")
                    .append(random.nextInt(10, 900))
                    .append(")\n");
        }
        text.append("</failure>\n");
    }

    private void output(StringBuilder text) {
        text.append("      <system-out><![CDATA[");
        int lines = random.nextInt(2, 20);
        for (int i = 0; i < lines; i++) {
            text.append("08:00:")
                    .append(random.nextInt(10, 60))
                    .append(" INFO  [main] c.e.shop.")
                    .append(hump())
                    .append(" - handled ")
                    .append(word())
                    .append(" id=")
                    .append(random.nextInt(100_000))
                    .append(" in ")
                    .append(random.nextInt(500))
                    .append(" ms\n");
        }
        text.append("]]></system-out>\n");
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private String hump() {
        String word = word();
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
