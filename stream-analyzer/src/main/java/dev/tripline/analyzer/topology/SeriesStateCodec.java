package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.series.AbsenceWatch;
import dev.tripline.analyzer.series.CountedRuns;
import dev.tripline.analyzer.series.CountedRuns.Interval;
import dev.tripline.analyzer.series.SeriesState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * Writes and reads what a series remembers after so many steps: numbers and texts as Avro packs them, behind a version; rates in the
 * layout of their own codec.
 */
final class SeriesStateCodec {
    private static final int VERSION = 2;

    /** Layout with the names of its parts, and one time for all runs of a source. */
    private static final int WITH_NAMES = 1;

    /** The parts of the layout with names. */
    @SuppressWarnings("ArrayRecordComponent") // never compared: it only shapes what was written
    private record Parts(
            Instant newest, Map<String, SourceRuns> sources, Map<String, Integer> absences, byte[] rates, long steps) {}

    private record SourceRuns(List<Long> bounds, Instant newest) {
        List<Interval> intervals() {
            List<Interval> intervals = new ArrayList<>();
            for (int i = 0; i + 1 < bounds.size(); i += 2) {
                intervals.add(new Interval(bounds.get(i), bounds.get(i + 1), newest));
            }
            return intervals;
        }
    }

    /**
     * A state that was written.
     *
     * @param steps outcomes that counted before it was written; 0 in state of before they were numbered
     */
    record Snapshot(SeriesState state, long steps) {}

    private final StateCodec<Parts> withNames = new StateCodec<>(Parts.class);
    private final LedgerBytes ledgers;
    private final Duration horizon;

    SeriesStateCodec(RateWindows windows, Duration horizon) {
        this.ledgers = new LedgerBytes(windows);
        this.horizon = horizon;
    }

    byte[] write(SeriesState state, long steps) {
        var bytes = new ByteArrayOutputStream(512);
        bytes.write(VERSION);
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            out.writeLong(steps);
            write(state.counted(), out);
            Map<String, Integer> absences = new TreeMap<>(state.absences().watched());
            out.writeInt(absences.size());
            for (Map.Entry<String, Integer> absence : absences.entrySet()) {
                out.writeString(absence.getKey());
                out.writeInt(absence.getValue());
            }
            out.writeBytes(ledgers.write(state.rates()));
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Times are told apart from the one before: nearly all are of the last two days. */
    private static void write(CountedRuns counted, BinaryEncoder out) throws IOException {
        boolean isAny = !counted.newest().equals(Instant.MIN);
        out.writeBoolean(isAny);
        long time = isAny ? counted.newest().toEpochMilli() : 0;
        out.writeLong(time);
        Map<String, List<Interval>> sources = counted.sources();
        out.writeInt(sources.size());
        for (Map.Entry<String, List<Interval>> source : sources.entrySet()) {
            out.writeString(source.getKey());
            out.writeInt(source.getValue().size());
            long run = 0;
            for (Interval interval : source.getValue()) {
                out.writeLong(interval.first() - run);
                out.writeLong(interval.last() - interval.first());
                out.writeLong(interval.newest().toEpochMilli() - time);
                run = interval.last();
                time = interval.newest().toEpochMilli();
            }
        }
    }

    /**
     * @throws NewerStateException if a newer Tripline wrote the bytes
     * @throws UnreadableStateException if they are no state of a series
     */
    Snapshot read(byte[] bytes) {
        return StateBytes.read(
                "state of a series",
                bytes,
                WITH_NAMES,
                VERSION,
                () -> bytes[0] == WITH_NAMES ? readWithNames(bytes) : readPacked(bytes));
    }

    private Snapshot readPacked(byte[] bytes) throws IOException {
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null);
        long steps = in.readLong();
        CountedRuns counted = readCounted(in);
        Map<String, Integer> absences = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            absences.put(in.readString(), in.readInt());
        }
        ByteBuffer rates = in.readBytes(null);
        byte[] ledger = new byte[rates.remaining()];
        rates.get(ledger);
        return snapshot(new SeriesState(counted, ledgers.read(ledger), new AbsenceWatch(absences)), steps);
    }

    private static Snapshot snapshot(SeriesState state, long steps) {
        if (steps < 0) {
            throw new UnreadableStateException("state of a series has " + steps + " steps");
        }
        return new Snapshot(state, steps);
    }

    private CountedRuns readCounted(BinaryDecoder in) throws IOException {
        boolean isAny = in.readBoolean();
        long time = in.readLong();
        Instant newest = isAny ? Instant.ofEpochMilli(time) : Instant.MIN;
        Map<String, List<Interval>> sources = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String source = in.readString();
            List<Interval> intervals = new ArrayList<>();
            long run = 0;
            for (int more = in.readInt(); more > 0; more--) {
                long first = run + in.readLong();
                run = first + in.readLong();
                time += in.readLong();
                intervals.add(new Interval(first, run, Instant.ofEpochMilli(time)));
            }
            sources.put(source, intervals);
        }
        return new CountedRuns(horizon, newest, sources);
    }

    private Snapshot readWithNames(byte[] bytes) {
        Parts parts = withNames.read(bytes);
        Map<String, List<Interval>> sources = new HashMap<>();
        parts.sources().forEach((source, runs) -> sources.put(source, runs.intervals()));
        return snapshot(
                new SeriesState(
                        new CountedRuns(horizon, parts.newest(), sources),
                        ledgers.read(parts.rates()),
                        new AbsenceWatch(parts.absences())),
                parts.steps());
    }
}
