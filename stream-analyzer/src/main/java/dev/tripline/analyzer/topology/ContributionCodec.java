package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.outcome.OutcomeStatus;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.outcome.Series;
import dev.tripline.analyzer.pattern.ErrorPattern;
import dev.tripline.analyzer.series.AbsenceWatch.Absence;
import dev.tripline.analyzer.series.Contribution;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Writes and reads what waits for a flush: numbers and texts as Avro packs them, behind a version. */
final class ContributionCodec {
    private static final int VERSION = 1;

    private ContributionCodec() {}

    static byte[] write(Contribution contribution) {
        var bytes = new ByteArrayOutputStream(256);
        bytes.write(VERSION);
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            write(contribution, out);
            out.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws NewerStateException if a newer Tripline wrote the bytes
     * @throws UnreadableStateException if they are nothing that waits
     */
    static Contribution read(byte[] bytes) {
        return StateBytes.read(
                "what waits for a flush",
                bytes,
                VERSION,
                VERSION,
                () -> read(DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null)));
    }

    private static void write(Contribution contribution, BinaryEncoder out) throws IOException {
        Series series = contribution.series();
        out.writeString(series.environment());
        out.writeString(series.suite());
        out.writeString(series.className());
        out.writeString(series.test());
        out.writeString(series.location());
        out.writeString(contribution.runId().source());
        out.writeLong(contribution.runId().run());
        out.writeInt(contribution.attempt());
        out.writeString(contribution.status().name());
        out.writeBoolean(contribution.flaky());
        out.writeLong(contribution.startedAt().toEpochMilli());
        out.writeLong(contribution.endedAt().toEpochMilli());
        Long duration = contribution.durationMillis();
        out.writeBoolean(duration != null);
        out.writeLong(duration == null ? 0 : duration);
        optional(contribution.service(), out);
        optional(contribution.revision(), out);
        out.writeString(contribution.probeKind());
        out.writeInt(contribution.tags().size());
        for (String tag : contribution.tags()) {
            out.writeString(tag);
        }
        ErrorPattern pattern = contribution.pattern();
        out.writeBoolean(pattern != null);
        if (pattern != null) {
            out.writeString(pattern.id());
            out.writeInt(pattern.normaliserVersion());
            optional(pattern.type(), out);
            out.writeString(pattern.template());
            out.writeBoolean(pattern.generic());
        }
        out.writeString(contribution.sample());
        optional(contribution.details(), out);
        out.writeInt(contribution.links().size());
        for (Map.Entry<String, String> link : contribution.links().entrySet()) {
            out.writeString(link.getKey());
            out.writeString(link.getValue());
        }
        out.writeInt(contribution.absences().size());
        for (Absence absence : contribution.absences()) {
            out.writeString(absence.patternId());
            out.writeInt(absence.outcomesSince());
        }
    }

    private static Contribution read(BinaryDecoder in) throws IOException {
        var series = new Series(in.readString(), in.readString(), in.readString(), in.readString(), in.readString());
        var runId = new RunId(in.readString(), in.readLong());
        int attempt = in.readInt();
        OutcomeStatus status = OutcomeStatus.valueOf(in.readString());
        boolean isFlaky = in.readBoolean();
        Instant startedAt = Instant.ofEpochMilli(in.readLong());
        Instant endedAt = Instant.ofEpochMilli(in.readLong());
        boolean isMeasured = in.readBoolean();
        long duration = in.readLong();
        @Nullable String service = optional(in);
        @Nullable String revision = optional(in);
        String probeKind = in.readString();
        var tags = new ArrayList<String>();
        for (int left = in.readInt(); left > 0; left--) {
            tags.add(in.readString());
        }
        @Nullable
        ErrorPattern pattern = in.readBoolean()
                ? new ErrorPattern(in.readString(), in.readInt(), optional(in), in.readString(), in.readBoolean())
                : null;
        String sample = in.readString();
        @Nullable String details = optional(in);
        var links = new TreeMap<String, String>();
        for (int left = in.readInt(); left > 0; left--) {
            links.put(in.readString(), in.readString());
        }
        var absences = new ArrayList<Absence>();
        for (int left = in.readInt(); left > 0; left--) {
            absences.add(new Absence(in.readString(), in.readInt()));
        }
        return new Contribution(
                series,
                runId,
                attempt,
                status,
                isFlaky,
                startedAt,
                endedAt,
                isMeasured ? duration : null,
                service,
                revision,
                probeKind,
                List.copyOf(tags),
                pattern,
                sample,
                details,
                links,
                List.copyOf(absences));
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
}
