package dev.tripline.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.service.health.InputLag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ConsumerProgressTest {
    private static final Instant T0 = Instant.parse("2025-09-11T08:00:00Z");
    private static final TopicPartition FIRST = new TopicPartition("a", 0);
    private static final TopicPartition SECOND = new TopicPartition("a", 1);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InputLag lag = new InputLag(meters, "tripline.some", List.of("a"), () -> T0);
    private final ConsumerProgress progress = new ConsumerProgress(lag);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());

    @Test
    void tellsWhatWaitsOfThePartitionsItHas() {
        // Given
        consumer.assign(List.of(FIRST, SECOND));
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, 5L, SECOND, 2L));
        consumer.addRecord(record(0, T0.minusSeconds(40)));
        consumer.addRecord(record(1, T0.minusSeconds(30)));

        // When
        progress.note(consumer, consumer.poll(Duration.ZERO));

        // Then
        assertThat(gauge("lag.records")).isEqualTo(3 + 2);
        assertThat(gauge("lag.seconds")).isEqualTo(30);
        assertThat(gauge("newest.age.seconds")).isEqualTo(30);

        // When
        consumer.assign(List.of(SECOND));
        progress.note(consumer, consumer.poll(Duration.ZERO));

        // Then
        assertThat(gauge("lag.records")).isEqualTo(2);

        // When
        progress.end();

        // Then
        assertThat(gauge("lag.records")).isZero();
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, Instant takenAt) {
        return new ConsumerRecord<>(
                FIRST.topic(),
                FIRST.partition(),
                offset,
                takenAt.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }

    private double gauge(String name) {
        return meters.get("tripline.some." + name).gauge().value();
    }
}
