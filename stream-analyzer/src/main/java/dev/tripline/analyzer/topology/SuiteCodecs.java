package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.environment.EnvironmentInput.RunTotals;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.run.RunEnd;
import dev.tripline.analyzer.series.CountedRun;
import dev.tripline.analyzer.series.Filed;
import dev.tripline.analyzer.series.SettledRuns;
import dev.tripline.analyzer.series.SettledRuns.Interval;
import dev.tripline.analyzer.series.Suite;
import dev.tripline.analyzer.state.Numbers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Writes and reads what suites remember of their runs: numbers and texts as Avro packs them, behind a version. */
final class SuiteCodecs {
    private static final int VERSION = 1;

    /** Stands for a time before all. */
    private static final long NEVER = Long.MIN_VALUE;

    private SuiteCodecs() {}

    private interface Part {
        void write(BinaryEncoder out) throws IOException;
    }

    private interface Whole<V> {
        V read(BinaryDecoder in) throws IOException;
    }

    static byte[] write(Suite suite) {
        return bytes(out -> {
            out.writeString(suite.name());
            time(suite.newest(), out);
            time(suite.takenAt(), out);
            out.writeInt(suite.series());
            out.writeInt(suite.open().size());
            for (String run : suite.open()) {
                out.writeString(run);
            }
            Map<String, Duration> usual = new TreeMap<>(suite.usual());
            out.writeInt(usual.size());
            for (Map.Entry<String, Duration> each : usual.entrySet()) {
                out.writeString(each.getKey());
                out.writeLong(each.getValue().toMillis());
            }
            numbers(suite.fresh(), out);
            numbers(suite.kept(), out);
        });
    }

    /**
     * @throws NewerStateException if a newer Tripline wrote the bytes
     * @throws UnreadableStateException if they are no suite
     */
    static Suite suite(byte[] bytes) {
        return read("a suite", bytes, in -> {
            String name = in.readString();
            Instant newest = time(in);
            Instant takenAt = time(in);
            int series = in.readInt();
            List<String> open = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                open.add(in.readString());
            }
            Map<String, Duration> usual = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                usual.put(in.readString(), Duration.ofMillis(in.readLong()));
            }
            return new Suite(name, newest, takenAt, series, open, usual, numbers(in), numbers(in));
        });
    }

    static byte[] write(CountedRun run) {
        return bytes(out -> {
            out.writeString(run.location());
            id(run.id(), out);
            time(run.startedAt(), out);
            time(run.endedAt(), out);
            time(run.takenAt(), out);
            counts(run.counts(), out);
            @Nullable RunTotals totals = run.totals();
            out.writeBoolean(totals != null);
            if (totals != null) {
                totals(totals, out);
            }
            out.writeString(run.told().name());
            numbers(run.blocks(), out);
        });
    }

    /**
     * @throws NewerStateException if a newer Tripline wrote the bytes
     * @throws UnreadableStateException if they are no run
     */
    static CountedRun run(byte[] bytes) {
        return read(
                "a run",
                bytes,
                in -> new CountedRun(
                        in.readString(),
                        id(in),
                        time(in),
                        time(in),
                        time(in),
                        counts(in),
                        in.readBoolean() ? totals(in) : null,
                        RunEnd.valueOf(in.readString()),
                        numbers(in)));
    }

    static byte[] write(Numbers numbers) {
        return bytes(out -> numbers(numbers, out));
    }

    /**
     * @throws NewerStateException if a newer Tripline wrote the bytes
     * @throws UnreadableStateException if they are no numbers
     */
    static Numbers numbers(byte[] bytes) {
        return read("outcomes of a run", bytes, SuiteCodecs::numbers);
    }

    static byte[] write(SettledRuns settled) {
        return bytes(out -> {
            List<Interval> intervals = settled.intervals();
            out.writeInt(intervals.size());
            long run = 0;
            long at = 0;
            for (Interval each : intervals) {
                out.writeLong(each.first() - run);
                out.writeLong(each.last() - each.first());
                out.writeLong(each.newest().toEpochMilli() - at);
                run = each.last();
                at = each.newest().toEpochMilli();
            }
        });
    }

    /**
     * @throws NewerStateException if a newer Tripline wrote the bytes
     * @throws UnreadableStateException if they are no runs
     */
    static SettledRuns settled(byte[] bytes) {
        return read("runs of a source", bytes, in -> {
            List<Interval> intervals = new ArrayList<>();
            long run = 0;
            long at = 0;
            for (int left = in.readInt(); left > 0; left--) {
                long first = run + in.readLong();
                run = first + in.readLong();
                at += in.readLong();
                intervals.add(new Interval(first, run, Instant.ofEpochMilli(at)));
            }
            return new SettledRuns(intervals);
        });
    }

    static byte[] write(Filed filed) {
        return bytes(out -> {
            out.writeString(filed.kind().name());
            out.writeString(filed.key());
        });
    }

    /**
     * @throws NewerStateException if a newer Tripline wrote the bytes
     * @throws UnreadableStateException if they are nothing that is filed
     */
    static Filed filed(byte[] bytes) {
        return read("what is filed", bytes, in -> new Filed(Filed.Kind.valueOf(in.readString()), in.readString()));
    }

    private static void totals(RunTotals totals, BinaryEncoder out) throws IOException {
        out.writeString(totals.suite());
        out.writeString(totals.location());
        id(totals.run(), out);
        time(totals.startedAt(), out);
        time(totals.endedAt(), out);
        counts(totals.totals(), out);
        optional(totals.service(), out);
        optional(totals.revision(), out);
        out.writeString(totals.probeKind());
        optional(totals.agent(), out);
        out.writeInt(totals.tags().size());
        for (String tag : totals.tags()) {
            out.writeString(tag);
        }
        out.writeString(totals.end().name());
    }

    private static RunTotals totals(BinaryDecoder in) throws IOException {
        String suite = in.readString();
        String location = in.readString();
        RunId run = id(in);
        Instant startedAt = time(in);
        Instant endedAt = time(in);
        StatusCounts counts = counts(in);
        @Nullable String service = optional(in);
        @Nullable String revision = optional(in);
        String probeKind = in.readString();
        @Nullable String agent = optional(in);
        List<String> tags = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            tags.add(in.readString());
        }
        RunEnd end = RunEnd.valueOf(in.readString());
        return new RunTotals(
                suite,
                location,
                run,
                startedAt,
                endedAt,
                counts,
                service,
                revision,
                probeKind,
                agent,
                List.copyOf(tags),
                end);
    }

    private static void id(RunId run, BinaryEncoder out) throws IOException {
        out.writeString(run.source());
        out.writeLong(run.run());
    }

    private static RunId id(BinaryDecoder in) throws IOException {
        return new RunId(in.readString(), in.readLong());
    }

    private static void counts(StatusCounts counts, BinaryEncoder out) throws IOException {
        out.writeLong(counts.passed());
        out.writeLong(counts.failed());
        out.writeLong(counts.errored());
        out.writeLong(counts.timedOut());
        out.writeLong(counts.skipped());
        out.writeLong(counts.inconclusive());
    }

    private static StatusCounts counts(BinaryDecoder in) throws IOException {
        return new StatusCounts(
                in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }

    /** Intervals by how far each bound is from the one before. */
    private static void numbers(Numbers numbers, BinaryEncoder out) throws IOException {
        long[] bounds = numbers.bounds();
        out.writeInt(bounds.length);
        long before = 0;
        for (long bound : bounds) {
            out.writeLong(bound - before);
            before = bound;
        }
    }

    private static Numbers numbers(BinaryDecoder in) throws IOException {
        int length = in.readInt();
        var bounds = new long[Math.min(length, 1024)];
        long before = 0;
        for (int i = 0; i < length; i++) {
            if (i == bounds.length) {
                bounds = Arrays.copyOf(bounds, Math.min(length, 2 * i));
            }
            before += in.readLong();
            bounds[i] = before;
        }
        return new Numbers(bounds);
    }

    private static void time(Instant at, BinaryEncoder out) throws IOException {
        out.writeLong(at.equals(Instant.MIN) ? NEVER : at.toEpochMilli());
    }

    private static Instant time(BinaryDecoder in) throws IOException {
        long at = in.readLong();
        return at == NEVER ? Instant.MIN : Instant.ofEpochMilli(at);
    }

    private static void optional(@Nullable String text, BinaryEncoder out) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeString(text);
        }
    }

    private static @Nullable String optional(BinaryDecoder in) throws IOException {
        return in.readBoolean() ? in.readString() : null;
    }

    private static byte[] bytes(Part part) {
        var bytes = new ByteArrayOutputStream(128);
        bytes.write(VERSION);
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            part.write(out);
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static <V> V read(String what, byte[] bytes, Whole<V> whole) {
        return StateBytes.read(
                what,
                bytes,
                VERSION,
                VERSION,
                () -> whole.read(DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null)));
    }
}
