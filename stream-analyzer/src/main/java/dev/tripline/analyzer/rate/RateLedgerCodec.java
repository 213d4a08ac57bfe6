package dev.tripline.analyzer.rate;

import dev.tripline.analyzer.outcome.StatusCounts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Writes and reads ledgers for state stores. The first byte is the version of the layout. Numbers are written in groups of
 * seven bits, low group first, because nearly all are small.
 */
public final class RateLedgerCodec {
    private static final int VERSION = 5;

    /** Layout of before counts that are 0 were left out, and a duration with its count took one byte. */
    private static final int ALL_COUNTS = 4;

    /** Layout of before patterns were written once for all buckets. */
    private static final int PATTERNS_IN_BUCKETS = 3;

    /** Layout of before texts could be of any length. */
    private static final int SHORT_TEXTS = 2;

    /** Layout of before flaky passes were counted. */
    private static final int WITHOUT_FLAKY = 1;

    private static final int NIBBLE = 15;
    private static final int LARGE = 0xff;

    private final RateWindows windows;

    public RateLedgerCodec(RateWindows windows) {
        this.windows = windows;
    }

    /** Writes a ledger. */
    public byte[] write(RateLedger ledger) {
        var bytes = new ByteArrayOutputStream(128);
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(ledger.newestMillis());
            Map<String, Integer> numbers = numbersOf(ledger);
            writeNumber(out, numbers.size());
            for (String pattern : numbers.keySet()) {
                writeText(out, pattern);
            }
            writeNumber(out, windows.count());
            for (int level = 0; level < windows.count(); level++) {
                writeLevel(out, windows.resolutionMillis(level), ledger.level(level), numbers);
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a ledger. Buckets whose windows were configured otherwise land where the present windows keep their age.
     *
     * @throws IllegalArgumentException if the bytes are no ledger of a version this codec knows
     */
    public RateLedger read(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version < WITHOUT_FLAKY || version > VERSION) {
                throw new IllegalArgumentException(
                        "rate ledger: version must be " + WITHOUT_FLAKY + " to " + VERSION + ", got " + version);
            }
            long newestMillis = in.readLong();
            var ledger = new RateLedger(windows, newestMillis);
            List<String> patterns = new ArrayList<>();
            if (version > PATTERNS_IN_BUCKETS) {
                for (long left = readNumber(in); left > 0; left--) {
                    patterns.add(readText(in));
                }
            }
            long written = readNumber(in);
            for (long level = 0; level < written; level++) {
                readLevel(in, ledger, version, patterns);
            }
            return ledger;
        } catch (IOException e) {
            throw new IllegalArgumentException("rate ledger: cut short at " + bytes.length + " bytes", e);
        }
    }

    private Map<String, Integer> numbersOf(RateLedger ledger) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (int level = 0; level < windows.count(); level++) {
            Buckets buckets = ledger.level(level);
            for (int i = 0; i < buckets.size(); i++) {
                SortedCounts<String> patterns = buckets.tally(i).patternCounts();
                for (int pattern = 0; pattern < patterns.size(); pattern++) {
                    numbers.putIfAbsent(patterns.key(pattern), numbers.size());
                }
            }
        }
        return numbers;
    }

    private static void writeLevel(DataOutputStream out, long resolution, Buckets buckets, Map<String, Integer> numbers)
            throws IOException {
        writeNumber(out, resolution);
        writeNumber(out, buckets.size());
        long previous = 0;
        for (int i = 0; i < buckets.size(); i++) {
            long index = Math.floorDiv(buckets.start(i), resolution);
            writeNumber(out, zigzag(index - previous));
            previous = index;
            writeTally(out, buckets.tally(i), numbers);
        }
    }

    private static void writeTally(DataOutputStream out, Tally tally, Map<String, Integer> numbers) throws IOException {
        StatusCounts counts = tally.counts();
        writeCounts(
                out,
                counts.passed(),
                counts.failed(),
                counts.errored(),
                counts.timedOut(),
                counts.skipped(),
                counts.inconclusive(),
                tally.flaky());
        SortedCounts<Integer> durations = tally.durationCounts();
        writeNumber(out, durations.size());
        int previous = -1;
        for (int i = 0; i < durations.size(); i++) {
            int bucket = durations.key(i);
            writePair(out, bucket - previous - 1L, durations.count(i) - 1);
            previous = bucket;
        }
        SortedCounts<String> patterns = tally.patternCounts();
        writeNumber(out, patterns.size());
        for (int i = 0; i < patterns.size(); i++) {
            writeNumber(out, Objects.requireNonNull(numbers.get(patterns.key(i))));
            writeNumber(out, patterns.count(i));
        }
    }

    /** Nearly all buckets hold one or two kinds of outcome: a byte says which, then come their counts. */
    private static void writeCounts(DataOutputStream out, long... counts) throws IOException {
        int some = 0;
        for (int i = 0; i < counts.length; i++) {
            some |= counts[i] == 0 ? 0 : 1 << i;
        }
        out.writeByte(some);
        for (long count : counts) {
            if (count != 0) {
                writeNumber(out, count);
            }
        }
    }

    private static long[] readCounts(DataInputStream in) throws IOException {
        int some = in.readUnsignedByte();
        long[] counts = new long[7];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (some >> i & 1) == 0 ? 0 : readNumber(in);
        }
        return counts;
    }

    /** Two small numbers in one byte; {@value #LARGE} and both as they are if one of them is not. */
    private static void writePair(DataOutputStream out, long one, long other) throws IOException {
        if (one < NIBBLE && other < NIBBLE) {
            out.writeByte((int) (one << 4 | other));
        } else {
            out.writeByte(LARGE);
            writeNumber(out, one);
            writeNumber(out, other);
        }
    }

    private static void readLevel(DataInputStream in, RateLedger ledger, int version, List<String> patterns)
            throws IOException {
        long resolution = readNumber(in);
        long buckets = readNumber(in);
        long index = 0;
        for (long i = 0; i < buckets; i++) {
            index += unzigzag(readNumber(in));
            ledger.restore(index * resolution, readTally(in, version, patterns));
        }
    }

    private static Tally readTally(DataInputStream in, int version, List<String> known) throws IOException {
        long[] numbers = version > ALL_COUNTS ? readCounts(in) : readAllCounts(in, version);
        var counts = new StatusCounts(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
        long flaky = numbers[6];
        Map<Integer, Long> durations = version > ALL_COUNTS ? readPairs(in) : readDurations(in);
        Map<String, Long> patterns = new TreeMap<>();
        for (long left = readNumber(in); left > 0; left--) {
            patterns.put(readPattern(in, version, known), readNumber(in));
        }
        return Tally.of(counts, flaky, durations, patterns);
    }

    private static long[] readAllCounts(DataInputStream in, int version) throws IOException {
        long[] counts = new long[7];
        for (int i = 0; i < 6; i++) {
            counts[i] = readNumber(in);
        }
        counts[6] = version == WITHOUT_FLAKY ? 0 : readNumber(in);
        return counts;
    }

    private static Map<Integer, Long> readDurations(DataInputStream in) throws IOException {
        Map<Integer, Long> durations = new TreeMap<>();
        for (long left = readNumber(in); left > 0; left--) {
            int bucket = (int) readNumber(in);
            durations.put(bucket, readNumber(in));
        }
        return durations;
    }

    private static Map<Integer, Long> readPairs(DataInputStream in) throws IOException {
        Map<Integer, Long> durations = new TreeMap<>();
        int bucket = -1;
        for (long left = readNumber(in); left > 0; left--) {
            int both = in.readUnsignedByte();
            bucket += 1 + (int) (both == LARGE ? readNumber(in) : both >> 4);
            durations.put(bucket, 1 + (both == LARGE ? readNumber(in) : both & NIBBLE));
        }
        return durations;
    }

    private static String readPattern(DataInputStream in, int version, List<String> known) throws IOException {
        if (version <= PATTERNS_IN_BUCKETS) {
            return version <= SHORT_TEXTS ? in.readUTF() : readText(in);
        }
        long number = readNumber(in);
        if (number < 0 || number >= known.size()) {
            throw new IOException("pattern " + number + " of " + known.size());
        }
        return known.get((int) number);
    }

    /** Not {@code writeUTF}, which takes no more than 65,535 bytes; any text comes back, half a surrogate pair too. */
    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeNumber(out, text.length());
        for (int i = 0; i < text.length(); i++) {
            writeNumber(out, text.charAt(i));
        }
    }

    private static String readText(DataInputStream in) throws IOException {
        var text = new StringBuilder();
        for (long left = readNumber(in); left > 0; left--) {
            text.append((char) readNumber(in));
        }
        return text.toString();
    }

    /** Maps small numbers of either sign to small positive ones. */
    private static long zigzag(long number) {
        return (number << 1) ^ (number >> 63);
    }

    private static long unzigzag(long number) {
        return (number >>> 1) ^ -(number & 1);
    }

    private static void writeNumber(DataOutputStream out, long number) throws IOException {
        long left = number;
        while ((left & ~0x7fL) != 0) {
            out.writeByte((int) (left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.writeByte((int) left);
    }

    private static long readNumber(DataInputStream in) throws IOException {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int group = in.readUnsignedByte();
            number |= (group & 0x7fL) << shift;
            if ((group & 0x80) == 0) {
                return number;
            }
        }
        throw new IOException("a number has more than 64 bits");
    }
}
