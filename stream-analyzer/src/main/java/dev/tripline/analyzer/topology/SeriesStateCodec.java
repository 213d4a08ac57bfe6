package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.series.AbsenceWatch;
import dev.tripline.analyzer.series.SeriesState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
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
    private static final int VERSION = 1;

    /**
     * A state that was written.
     *
     * @param steps outcomes that counted before it was written
     */
    record Snapshot(SeriesState state, long steps) {}

    private final LedgerBytes ledgers;

    SeriesStateCodec(RateWindows windows) {
        this.ledgers = new LedgerBytes(windows);
    }

    byte[] write(SeriesState state, long steps) {
        var bytes = new ByteArrayOutputStream(512);
        bytes.write(VERSION);
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            out.writeLong(steps);
            out.writeInt(state.number());
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

    /**
     * @throws NewerStateException if a newer Tripline wrote the bytes
     * @throws UnreadableStateException if they are no state of a series
     */
    Snapshot read(byte[] bytes) {
        return StateBytes.read("state of a series", bytes, VERSION, VERSION, () -> {
            BinaryDecoder in = DecoderFactory.get().binaryDecoder(bytes, 1, bytes.length - 1, null);
            long steps = in.readLong();
            if (steps < 0) {
                throw new UnreadableStateException("state of a series has " + steps + " steps");
            }
            int number = in.readInt();
            Map<String, Integer> absences = new HashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                absences.put(in.readString(), in.readInt());
            }
            ByteBuffer rates = in.readBytes(null);
            byte[] ledger = new byte[rates.remaining()];
            rates.get(ledger);
            return new Snapshot(new SeriesState(number, ledgers.read(ledger), new AbsenceWatch(absences)), steps);
        });
    }
}
