package dev.tripline.agent.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import dev.tripline.agent.report.BrokenReportException.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a reader whatever the bytes are: it hands out outcomes with names and lines and ends by itself, at worst with an
 * error that names the place, in time and memory that go with the length.
 */
enum ReportRobustness {
    JUNIT(ReportFormat.JUNIT, "junit"),
    NUNIT(ReportFormat.NUNIT, "nunit"),
    XUNIT(ReportFormat.XUNIT, "xunit"),
    TRX(ReportFormat.TRX, "trx"),
    OPEN_TEST_REPORTING(ReportFormat.OPEN_TEST_REPORTING, "openTestReporting"),
    TAP(ReportFormat.TAP, "tap"),
    GO_TEST(ReportFormat.GO_TEST, "goTest"),
    JSON_LINES(ReportFormat.JSON_LINES, "jsonLines"),
    /** Whatever format it is taken for. */
    RECOGNITION(null, "recognition");

    private static final Path GOLDEN = Path.of("src", "test", "resources", "dev", "tripline", "agent", "report");

    /** Reading takes some milliseconds; a busy machine may lose some seconds, but not twice. */
    private static final Duration MOST_TIME = Duration.ofSeconds(5);

    private static final boolean IS_FUZZING = System.getenv("JAZZER_FUZZ") != null;

    /** What may be allocated: buffers of a parser, and while fuzzing what watching costs; nearly all of it is garbage at once. */
    private static final long MOST_BYTES = IS_FUZZING ? 256L << 20 : 32L << 20;

    private static final long MOST_BYTES_PER_BYTE = IS_FUZZING ? 16L << 10 : 4L << 10;

    private static final Pattern AT_A_PLACE = Pattern.compile("fuzz:[1-9]\\d*(:[1-9]\\d*)?: .+", Pattern.DOTALL);

    /** What is of another format as a whole has no place in it. */
    private static final Pattern SOMEWHERE = Pattern.compile("fuzz(:[1-9]\\d*){0,2}: .+", Pattern.DOTALL);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final @Nullable ReportFormat format;
    private final String target;

    ReportRobustness(@Nullable ReportFormat format, String target) {
        this.format = format;
        this.target = target;
    }

    /** Returns whole reports, and what fuzzing has found once. */
    Stream<byte[]> seeds() {
        return Stream.of(
                        wholeReports(),
                        files(GOLDEN.resolve("ReportFuzzTestInputs").resolve(target), ""),
                        Stream.of(new byte[0]))
                .flatMap(each -> each);
    }

    private Stream<byte[]> wholeReports() {
        return switch (this) {
            case JUNIT -> junit();
            case NUNIT -> nunit();
            case XUNIT -> xunit();
            case TRX -> trx();
            case OPEN_TEST_REPORTING -> openTestReporting();
            case TAP -> tap();
            case GO_TEST -> goTest();
            case JSON_LINES -> jsonLines();
            case RECOGNITION -> recognition();
        };
    }

    /** Fails if something does not hold. */
    void holdsFor(byte[] report) throws IOException {
        ReportFormat recognised = format == null ? recognise(report) : format;
        if (recognised == null) {
            return;
        }
        if (!isFrugal(recognised, report)) {
            // The first time may have loaded classes, or waited for others.
            check(isFrugal(recognised, report), "takes too much time or memory");
        }
    }

    private static @Nullable ReportFormat recognise(byte[] report) {
        try {
            return ReportFormat.of(Path.of("fuzz.log"), report);
        } catch (BrokenReportException e) {
            check(
                    e.fault() == Fault.OTHER_FORMAT
                            && String.valueOf(e.getMessage()).startsWith("fuzz.log: no known format, it looks like "),
                    e.getMessage());
            return null;
        }
    }

    private static boolean isFrugal(ReportFormat format, byte[] report) throws IOException {
        var context = new ReportContext("fuzz", null, ZoneOffset.UTC, false);
        long allocated = 0;
        long time = 0;
        for (int reading = format.reader().looksAhead() ? 2 : 1; reading > 0; reading--) {
            var said = new Said();
            long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
            long timeBefore = System.nanoTime();
            BrokenReportException broken = null;
            try {
                format.reader().read(new ByteArrayInputStream(report), context, said);
            } catch (BrokenReportException e) {
                broken = e;
            }
            time += System.nanoTime() - timeBefore;
            allocated += THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
            if (broken != null) {
                Pattern message = broken.fault() == Fault.OTHER_FORMAT ? SOMEWHERE : AT_A_PLACE;
                check(message.matcher(String.valueOf(broken.getMessage())).matches(), broken.getMessage());
            }
            for (ReportedOutcome outcome : said.outcomes) {
                check(!"".equals(outcome.test()) && outcome.line() > 0, outcome.toString());
            }
            check(said.outcomes.size() <= report.length, "more outcomes than bytes");
        }
        return time < MOST_TIME.toNanos() && allocated < MOST_BYTES + MOST_BYTES_PER_BYTE * report.length;
    }

    /** Fuzzing calls this a thousand times a second, for which AssertJ is not made. */
    private static void check(boolean holds, @Nullable String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    static Stream<byte[]> junit() {
        return files(GOLDEN.resolve("frameworks"), ".xml");
    }

    static Stream<byte[]> nunit() {
        return golden("nunit.xml");
    }

    static Stream<byte[]> xunit() {
        return golden("xunit.xml");
    }

    static Stream<byte[]> trx() {
        return golden("vstest.trx");
    }

    static Stream<byte[]> openTestReporting() {
        return golden("open-test-events.xml", "open-test-hierarchy.xml");
    }

    static Stream<byte[]> tap() {
        return golden("perl.tap", "tap14.tap");
    }

    static Stream<byte[]> goTest() {
        return golden("go-test.json");
    }

    static Stream<byte[]> jsonLines() {
        return Stream.of("""
                {"suite":"s","className":"c","test":"t","status":"FAILED","startedAt":"2025-09-11T08:00:00Z","durationMillis":1200,\
                "failureType":"IOError","failureMessage":"reset","environment":"staging","source":"ci","run":4711,"attempt":1}
                {"suite":"s","test":"u","status":"PASSED","endedAt":"2025-09-11T08:00:02Z","durationMillis":"1.5s","flaky":true,\
                "earlierFailures":["a"],"tags":["b"],"attributes":{"build.url":"https://ci"},"quarantined":false,"location":"eu"}
                """.getBytes(UTF_8));
    }

    static Stream<byte[]> recognition() {
        return Stream.of(
                        golden(
                                "nunit.xml",
                                "xunit.xml",
                                "vstest.trx",
                                "open-test-events.xml",
                                "perl.tap",
                                "go-test.json"),
                        jsonLines())
                .flatMap(each -> each);
    }

    private static Stream<byte[]> golden(String... files) {
        return Stream.of(files).map(GOLDEN::resolve).map(ReportRobustness::bytes);
    }

    /** Returns the files of a folder; none if there is no folder. */
    private static Stream<byte[]> files(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
            return found.stream().map(ReportRobustness::bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
