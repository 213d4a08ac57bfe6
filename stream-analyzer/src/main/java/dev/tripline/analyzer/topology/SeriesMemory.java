package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.outcome.Digest;
import dev.tripline.analyzer.series.SeriesAnalysis;
import dev.tripline.analyzer.series.SeriesState;
import dev.tripline.analyzer.series.SeriesStep;
import dev.tripline.analyzer.topology.SeriesStateCodec.Snapshot;
import dev.tripline.analyzer.topology.SeriesStepCodec.Numbered;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What all series of a task remember. The state of a series takes kilobytes, and an outcome changes little of it, so an outcome writes
 * a step of some tens of bytes, and only each {@value #STEPS}th the whole. States that were used last stay decoded; the others are read,
 * and the steps since taken in again. Nothing is kept here that the stores do not hold.
 */
final class SeriesMemory {
    /** Outcomes from one whole state to the next: the more, the less is written, and the more is read after a restart. */
    static final int STEPS = 16;

    /** Buckets of rates that stay decoded, of a few hundred bytes each: some 360 tests with a run a minute. */
    static final int MOST_BUCKETS = 65_536;

    /** A series, decoded. */
    static final class Remembered {
        private final String key;
        private final byte[] hash;
        private final SeriesState state;
        private long steps;
        private int weight;

        private Remembered(String key, SeriesState state, long steps) {
            this.key = key;
            this.hash = Digest.key(key);
            this.state = state;
            this.steps = steps;
            this.weight = weigh();
        }

        SeriesState state() {
            return state;
        }

        private int weigh() {
            return 1 + state.rates().size();
        }

        private Bytes slot(int number) {
            byte[] slot = Arrays.copyOf(hash, hash.length + 1);
            slot[hash.length] = (byte) number;
            return Bytes.wrap(slot);
        }
    }

    private final SeriesAnalysis analysis;
    private final SeriesStateCodec codec;
    private final KeyValueStore<String, byte[]> wholes;
    private final KeyValueStore<Bytes, byte[]> steps;
    private final UnreadableState unreadable;
    private final int mostBuckets;
    private final Map<String, Remembered> decoded = new LinkedHashMap<>(16, 0.75f, true);
    private long buckets;

    /**
     * @param wholes whole states by the key of their series
     * @param steps steps since, by a hash of that key and their number within {@value #STEPS}
     * @param unreadable takes what of them cannot be read
     * @param mostBuckets buckets of rates that may stay decoded
     */
    SeriesMemory(
            SeriesAnalysis analysis,
            SeriesStateCodec codec,
            KeyValueStore<String, byte[]> wholes,
            KeyValueStore<Bytes, byte[]> steps,
            UnreadableState unreadable,
            int mostBuckets) {
        this.analysis = analysis;
        this.codec = codec;
        this.wholes = wholes;
        this.steps = steps;
        this.unreadable = unreadable;
        this.mostBuckets = mostBuckets;
    }

    /** Returns what is remembered of a series; a beginning if nothing is. */
    Remembered recall(String key) {
        @Nullable Remembered known = decoded.get(key);
        if (known == null) {
            known = read(key);
            decoded.put(key, known);
            buckets += known.weight;
            makeRoom(key);
        }
        return known;
    }

    /** Keeps that a step was taken in to the state of a series. */
    void keep(Remembered series, SeriesStep step) {
        series.steps++;
        int slot = (int) (series.steps % STEPS);
        if (slot == 0) {
            wholes.put(series.key, codec.write(series.state, series.steps));
        } else {
            steps.put(series.slot(slot), SeriesStepCodec.write(series.steps, step));
        }
        buckets -= series.weight;
        series.weight = series.weigh();
        buckets += series.weight;
    }

    /** Forgets the decoded state of a series that may have been changed halfway; what is stored holds. */
    void drop(Remembered series) {
        if (decoded.remove(series.key) != null) {
            buckets -= series.weight;
        }
    }

    private Remembered read(String key) {
        Snapshot snapshot = readWhole(key);
        var series = new Remembered(key, snapshot.state(), snapshot.steps());
        boolean isMended = false;
        for (int slot = (int) (snapshot.steps() % STEPS) + 1; slot < STEPS; slot++) {
            Bytes place = series.slot(slot);
            byte[] bytes = steps.get(place);
            if (bytes == null) {
                break;
            }
            try {
                Numbered next = SeriesStepCodec.read(bytes);
                if (next.number() != series.steps + 1) {
                    break; // it is of before the whole was written
                }
                analysis.repeat(next.step(), series.state);
            } catch (UnreadableStateException e) {
                unreadable.putAside(
                        new UnreadableState.Entry(steps.name(), place.get(), key + ", step " + slot, bytes), e);
                steps.delete(place);
                isMended = true;
            }
            series.steps++;
        }
        if (isMended) {
            // The steps behind the one that is gone count from here on.
            wholes.put(key, codec.write(series.state, series.steps));
        }
        series.weight = series.weigh();
        return series;
    }

    private Snapshot readWhole(String key) {
        byte[] whole = wholes.get(key);
        if (whole != null) {
            try {
                return codec.read(whole);
            } catch (UnreadableStateException e) {
                unreadable.putAside(
                        new UnreadableState.Entry(wholes.name(), key.getBytes(StandardCharsets.UTF_8), key, whole), e);
                wholes.delete(key);
            }
        }
        return new Snapshot(analysis.begin(), 0);
    }

    /** Those used last stay, at least the one in use. */
    private void makeRoom(String inUse) {
        Iterator<Remembered> oldestFirst = decoded.values().iterator();
        while (buckets > mostBuckets && oldestFirst.hasNext()) {
            Remembered oldest = oldestFirst.next();
            if (!oldest.key.equals(inUse)) {
                oldestFirst.remove();
                buckets -= oldest.weight;
            }
        }
    }
}
