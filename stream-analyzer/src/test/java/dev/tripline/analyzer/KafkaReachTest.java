package dev.tripline.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tripline.service.KafkaConnection;
import dev.tripline.service.RegistryConnection;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class KafkaReachTest {
    @Test
    void isAwayWhereTimeMayHelp() {
        assertThat(KafkaReach.isAway(new StreamsException(new TimeoutException("no node"))))
                .isTrue();
        assertThat(KafkaReach.isAway(new KafkaException(
                        "no consumer", new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"))))
                .isTrue();
    }

    @Test
    void isNotAwayWhereSomebodyMustAct() {
        assertThat(KafkaReach.isAway(new StreamsException("There are no partitions available")))
                .isFalse();
        assertThat(KafkaReach.isAway(new ExecutionException(new SaslAuthenticationException("no"))))
                .isFalse();
        assertThat(KafkaReach.isAway(new ConfigException("acks", "some"))).isFalse();
    }

    @Test
    void settingsOfWhichNoClientCanBeMadeAreNoReasonToWait() {
        var kafka = new KafkaConnection(
                "127.0.0.1:9", "tripline.", RegistryConnection.local(), Map.of("security.protocol", "NONE_SUCH"));
        var reach = new KafkaReach(kafka, InstantSource.system());

        assertThatThrownBy(reach::await).hasMessageContaining("security.protocol");
        assertThat(reach.describe()).isEmpty();
    }
}
