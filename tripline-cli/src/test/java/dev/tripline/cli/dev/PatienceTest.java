package dev.tripline.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.NotCoordinatorException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class PatienceTest {
    /** A coordinator that loads for longer than clients wait ended local mode. */
    @Test
    void repeatsWhatPassesByItself() {
        var tries = new AtomicInteger();

        Patience.run(
                () -> {
                    switch (tries.incrementAndGet()) {
                        case 1 -> throw new KafkaException("group", new NotCoordinatorException("loading"));
                        case 2 -> throw new TimeoutException("no answer");
                        default -> {}
                    }
                },
                Duration.ZERO);

        assertThat(tries).hasValue(3);
    }

    @Test
    void givesUpWhatDoesNot() {
        assertThatThrownBy(() -> Patience.run(
                        () -> {
                            throw new KafkaException("group", new GroupAuthorizationException("g"));
                        },
                        Duration.ZERO))
                .isInstanceOf(KafkaException.class);
    }
}
