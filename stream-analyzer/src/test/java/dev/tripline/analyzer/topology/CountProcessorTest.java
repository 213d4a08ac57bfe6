package dev.tripline.analyzer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.series.SeriesAnalysis;
import dev.tripline.events.EventSerdes;
import dev.tripline.events.Topics;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountProcessorTest {
    private static final SuitesTopology.Names NAMES = new SuitesTopology.Names(
            "series",
            "steps",
            "suites",
            "runs",
            "waiting",
            "announced",
            "rules",
            "inputs",
            "rates",
            "outcomes-again",
            "totals-again",
            "dead-letters",
            "totals-dead-letters");

    @TempDir
    private Path folder;

    private MockProcessorContext<Object, Object> context;
    private KeyValueStore<Long, byte[]> waiting;
    private CountProcessor processor;

    @BeforeEach
    void start() {
        context = new MockProcessorContext<>(new Properties(), new TaskId(1, 3), folder.toFile());
        context.setCurrentSystemTimeMs(1_000);
        add(bytes("series", Serdes.String()));
        add(bytes("steps", Serdes.Bytes()));
        add(bytes("suites", Serdes.String()));
        add(bytes("runs", Serdes.Bytes()));
        waiting = add(bytes("waiting", Serdes.Long()));
        add(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("announced"), Serdes.String(), Serdes.String()));
        add(Stores.timestampedKeyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("rules"), Serdes.String(), Serdes.ByteArray()));
        var analysis = new SeriesAnalysis(RateWindows.STANDARD, SeriesAnalysis.STANDARD_HORIZON, Normaliser.standard());
        processor = new CountProcessor(
                analysis,
                RateWindows.STANDARD,
                Duration.ofMillis(100),
                NAMES,
                new EventSerdes(new MockSchemaRegistryClient(), true)
                        .of(Topics.standard().rules()));
    }

    @Test
    void whatWaitsForAFlushAndCannotBeReadIsPutAsideWithIt() {
        // Given
        waiting.put(41L, new byte[] {1, 7});
        waiting.put(42L, new byte[0]);

        // When
        processor.init(context);
        assertThat(context.forwarded()).isEmpty();
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(1_000);

        // Then
        assertThat(context.forwarded())
                .extracting(forward -> forward.childName().orElse(""), CountProcessorTest::reason)
                .containsExactly(tuple("dead-letters", "unreadable-state"), tuple("dead-letters", "unreadable-state"));
        assertThat(waiting.get(41L)).isNull();
        assertThat(waiting.get(42L)).isNull();

        // When
        context.resetForwards();
        processor.init(context);

        // Then
        assertThat(context.forwarded()).isEmpty();
    }

    @Test
    void whatANewerTriplineLeftWaitingStopsTheTask() {
        // Given
        waiting.put(41L, new byte[] {2, 7});

        // Then
        assertThatThrownBy(() -> processor.init(context)).isInstanceOf(NewerStateException.class);
        assertThat(waiting.get(41L)).isNotNull();
    }

    private static String reason(CapturedForward<?, ?> forward) {
        return new String(
                forward.record().headers().lastHeader("tripline.reason").value(), StandardCharsets.UTF_8);
    }

    private static <K> StoreBuilder<KeyValueStore<K, byte[]>> bytes(String name, Serde<K> keys) {
        return StateStores.inMemory(name, keys).withCachingDisabled();
    }

    private <S extends StateStore> S add(StoreBuilder<S> builder) {
        S store = builder.withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }
}
