package dev.tripline.analyzer;

import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/** Sizes of the stores of a client of Kafka Streams, as RocksDB tells them. */
final class StoreSizes {
    /** Files and what is not in a file yet; see {@code RocksDBMetrics} of Kafka Streams. */
    private static final Set<String> PARTS = Set.of("total-sst-files-size", "size-all-mem-tables");

    private static final String STORE = "rocksdb-state-id";

    private StoreSizes() {}

    /** Returns the names of all stores that tasks have. */
    static Set<String> names(Topology topology) {
        var names = new TreeSet<String>();
        for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Processor processor) {
                    names.addAll(processor.stores());
                }
            }
        }
        return names;
    }

    /** Returns the bytes of a store in all its partitions here; 0 for a store in memory. */
    static double of(String store, KafkaStreams client) {
        return client.metrics().entrySet().stream()
                .filter(metric -> PARTS.contains(metric.getKey().name()))
                .filter(metric -> store.equals(metric.getKey().tags().get(STORE)))
                .map(metric -> metric.getValue().metricValue())
                .mapToDouble(value -> value instanceof Number bytes ? bytes.doubleValue() : 0)
                .sum();
    }
}
