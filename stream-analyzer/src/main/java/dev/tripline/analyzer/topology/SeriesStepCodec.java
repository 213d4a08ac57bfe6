package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.series.SeriesStep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Writes and reads steps of series in some tens of bytes: numbers and texts as Avro packs them, behind a version. */
final class SeriesStepCodec {
    private static final int VERSION = 1;
    private static final long UNMEASURED = -1;

    private SeriesStepCodec() {}

    /**
     * A step by its place.
     *
     * @param number from 1 in each series
     */
    record Numbered(long number, SeriesStep step) {}

    static byte[] write(long number, SeriesStep step) {
        var bytes = new ByteArrayOutputStream(96);
        bytes.write(VERSION);
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            out.writeLong(number);
            out.writeInt(step.number());
            out.writeLong(step.endedAt().toEpochMilli());
            out.writeString(step.status().name());
            out.writeBoolean(step.isFlaky());
            Long duration = step.durationMillis();
            out.writeLong(duration == null ? UNMEASURED : duration);
            String pattern = step.patternId();
            out.writeString(pattern == null ? "" : pattern);
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws NewerStateException if a newer Tripline wrote the bytes
     * @throws UnreadableStateException if they are no step
     */
    static Numbered read(byte[] bytes) {
        return StateBytes.read("step of a series", bytes, VERSION, VERSION, () -> {
            BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null);
            long number = in.readLong();
            int series = in.readInt();
            Instant endedAt = Instant.ofEpochMilli(in.readLong());
            OutcomeStatus status = OutcomeStatus.valueOf(in.readString());
            boolean isFlaky = in.readBoolean();
            long duration = in.readLong();
            String pattern = in.readString();
            return new Numbered(
                    number,
                    new SeriesStep(
                            series,
                            endedAt,
                            status,
                            isFlaky,
                            duration == UNMEASURED ? null : duration,
                            pattern.isEmpty() ? null : pattern));
        });
    }
}
