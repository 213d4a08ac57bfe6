package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.rate.RateLedger;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.series.AbsenceWatch;
import dev.tripline.analyzer.series.CountedRuns;
import dev.tripline.analyzer.series.CountedRuns.SourceRuns;
import dev.tripline.analyzer.series.SeriesState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Writes and reads what a series remembers after so many steps. */
final class SeriesStateCodec {
    /** The parts as they are written; rates in the layout of their own codec. */
    @SuppressWarnings("ArrayRecordComponent") // never compared: it only shapes what is written
    private record Parts(
            Instant newest, Map<String, SourceRuns> sources, Map<String, Integer> absences, byte[] rates, long steps) {}

    /**
     * A state that was written.
     *
     * @param steps outcomes that counted before it was written; 0 in state of before they were numbered
     */
    record Snapshot(SeriesState state, long steps) {}

    private final StateCodec<Parts> parts = new StateCodec<>(Parts.class);
    private final LedgerBytes ledgers;
    private final Duration horizon;

    SeriesStateCodec(RateWindows windows, Duration horizon) {
        this.ledgers = new LedgerBytes(windows);
        this.horizon = horizon;
    }

    byte[] write(SeriesState state, long steps) {
        return parts.write(new Parts(
                state.counted().newest(),
                state.counted().sources(),
                state.absences().watched(),
                ledgers.write(state.rates()),
                steps));
    }

    /**
     * @throws NewerStateException if a newer Tripline wrote the bytes
     * @throws UnreadableStateException if they are no state of a series
     */
    Snapshot read(byte[] bytes) {
        Parts read = parts.read(bytes);
        if (read.rates() == null || read.steps() < 0) {
            throw new UnreadableStateException("state of a series lacks its rates or has " + read.steps() + " steps");
        }
        RateLedger rates = ledgers.read(read.rates());
        try {
            return new Snapshot(
                    new SeriesState(
                            new CountedRuns(horizon, read.newest(), read.sources()),
                            rates,
                            new AbsenceWatch(read.absences())),
                    read.steps());
        } catch (RuntimeException e) {
            throw new UnreadableStateException("state of a series lacks a part", e);
        }
    }
}
