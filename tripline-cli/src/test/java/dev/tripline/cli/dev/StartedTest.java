package dev.tripline.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartedTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void closesWhatItStartedOnce() {
        var started = new Started("broker", () -> () -> log.add("closed"));

        started.start();
        started.close();
        started.close();

        assertThat(log).containsExactly("closed");
    }

    @Test
    void closesWhatCameAfterItWasToldToStop() {
        var started = new Started("broker", () -> () -> log.add("closed"));

        started.close();
        started.start();

        assertThat(log).containsExactly("closed");
    }
}
