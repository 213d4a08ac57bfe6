package dev.tripline.analyzer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Follows how far the restoration of state stores has come. Called by several threads. */
final class RestoreProgress implements StateRestoreListener {
    /** Records still to be read of each change log that is being restored. */
    private final Map<TopicPartition, Long> remaining = new ConcurrentHashMap<>();

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
        remaining.put(changelog, to - from);
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long to, long records) {
        remaining.computeIfPresent(changelog, (c, left) -> Math.max(0, left - records));
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long records) {
        remaining.remove(changelog);
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long records) {
        remaining.remove(changelog);
    }

    /** Returns what is left to do in words; empty if nothing is being restored. */
    String describe() {
        long records = remaining.values().stream().mapToLong(Long::longValue).sum();
        int stores = remaining.size();
        return stores == 0
                ? ""
                : "restoring " + stores + (stores == 1 ? " state store, " : " state stores, ") + records
                        + " records to go";
    }
}
