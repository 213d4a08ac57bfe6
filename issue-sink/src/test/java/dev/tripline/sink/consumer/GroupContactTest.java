package dev.tripline.sink.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class GroupContactTest {
    private static final Instant T0 = Instant.parse("2025-09-11T15:00:00Z");
    private static final MetricName NAME =
            new MetricName("heartbeat-total", "consumer-coordinator-metrics", "", Map.of());
    private double answered;

    private final Metric heartbeats = new Metric() {
        @Override
        public MetricName metricName() {
            return NAME;
        }

        @Override
        public Object metricValue() {
            return answered;
        }
    };
    private final GroupContact contact = new GroupContact(() -> Map.of(NAME, heartbeats));

    @Test
    void noticesASilenceOfMoreThanHalfAMinuteAndItsEnd() {
        assertThat(contact.silence(T0)).isEmpty();
        assertThat(contact.silence(T0.plusSeconds(30))).isEmpty();
        assertThat(contact.silence(T0.plusSeconds(31))).isEqualTo("waiting for Kafka: no answer of its group for 31 s");

        answered++;

        assertThat(contact.silence(T0.plusSeconds(32))).isEmpty();
        assertThat(contact.silence(T0.plusSeconds(62))).isEmpty();
        assertThat(contact.silence(T0.plusSeconds(63))).isNotEmpty();
    }

    @Test
    void saysNothingOfAConsumerThatCountsNoHeartbeats() {
        assertThat(new GroupContact(Map::of).silence(T0)).isEmpty();
    }
}
