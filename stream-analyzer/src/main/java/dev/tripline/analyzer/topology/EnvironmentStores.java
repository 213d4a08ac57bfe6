package dev.tripline.analyzer.topology;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Stores of the per-environment stage.
 *
 * @param heads what there is one of, or few, by environment, table and key; it is written often
 * @param rows what there is any number of, by {@link dev.tripline.analyzer.state.RowKeys}
 * @param untold what changed and was not told yet
 * @param unreadable takes what of heads and rows cannot be read, which then is not there
 */
record EnvironmentStores(
        KeyValueStore<String, byte[]> heads,
        KeyValueStore<Bytes, byte[]> rows,
        KeyValueStore<String, byte[]> untold,
        UnreadableState unreadable) {}
