package dev.tripline.benchmarks.stream;

import dev.tripline.analyzer.outcome.Outcome;
import dev.tripline.analyzer.outcome.StatusCounts;
import dev.tripline.analyzer.rate.Tally;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * What one hop of a window counts.
 *
 * @param newest end of the newest outcome in it; {@link Instant#EPOCH} without one
 */
record WindowCounts(Instant newest, Tally tally) {
    /** A compact layout, so that the comparison is not one of codecs. */
    static final Serde<WindowCounts> SERDE =
            Serdes.serdeFrom((topic, counts) -> counts.write(), (topic, bytes) -> read(bytes));

    static WindowCounts none() {
        return new WindowCounts(Instant.EPOCH, new Tally());
    }

    static WindowCounts of(Outcome outcome, @Nullable String patternId) {
        var tally = new Tally();
        tally.count(outcome.status(), outcome.flaky(), outcome.durationMillis(), patternId);
        return new WindowCounts(outcome.endedAt(), tally);
    }

    /** Adds to this one; what Kafka Streams hands over was just decoded, and is nobody else's. */
    WindowCounts plus(WindowCounts other) {
        tally.add(other.tally);
        return new WindowCounts(newest.isAfter(other.newest) ? newest : other.newest, tally);
    }

    private byte[] write() {
        var out = new Numbers(ByteBuffer.allocate(
                100 + 20 * tally.durations().size() + 40 * tally.patterns().size()));
        StatusCounts counts = tally.counts();
        out.write(newest.toEpochMilli());
        for (long number : new long[] {
            counts.passed(),
            counts.failed(),
            counts.errored(),
            counts.timedOut(),
            counts.skipped(),
            counts.inconclusive(),
            tally.flaky()
        }) {
            out.write(number);
        }
        out.write(tally.durations().size());
        tally.durations().forEach((bucket, times) -> {
            out.write(bucket);
            out.write(times);
        });
        out.write(tally.patterns().size());
        tally.patterns().forEach((pattern, times) -> {
            byte[] id = pattern.getBytes(StandardCharsets.UTF_8);
            out.write(id.length);
            out.bytes().put(id);
            out.write(times);
        });
        out.bytes().flip();
        byte[] bytes = new byte[out.bytes().remaining()];
        out.bytes().get(bytes);
        return bytes;
    }

    static @Nullable WindowCounts read(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        var in = new Numbers(ByteBuffer.wrap(bytes));
        Instant newest = Instant.ofEpochMilli(in.read());
        var counts = new StatusCounts(in.read(), in.read(), in.read(), in.read(), in.read(), in.read());
        long flaky = in.read();
        var durations = new TreeMap<Integer, Long>();
        for (long left = in.read(); left > 0; left--) {
            durations.put((int) in.read(), in.read());
        }
        var patterns = new TreeMap<String, Long>();
        for (long left = in.read(); left > 0; left--) {
            byte[] id = new byte[(int) in.read()];
            in.bytes().get(id);
            patterns.put(new String(id, StandardCharsets.UTF_8), in.read());
        }
        return new WindowCounts(newest, Tally.of(counts, flaky, durations, patterns));
    }

    /** Numbers of 0 or more, seven bits to a byte. */
    private record Numbers(ByteBuffer bytes) {
        void write(long number) {
            long left = number;
            while (left > 0x7f) {
                bytes.put((byte) (left & 0x7f | 0x80));
                left >>>= 7;
            }
            bytes.put((byte) left);
        }

        long read() {
            long number = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes.get();
                number |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return number;
                }
            }
        }
    }
}
