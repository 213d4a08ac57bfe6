package dev.tripline.sink.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SinkGroupTest {
    private static final String GITHUB = "github:acme/shop";

    @Test
    void refusesAGroupInWhichASinkOfAnotherTrackerIs() {
        List<String> members = List.of("consumer-tripline-issue-sink-1", SinkGroup.clientId("", "local"));

        assertThat(SinkGroup.problem(members, "sinks", GITHUB))
                .contains("group: must be another than that of the sink of tracker 'local', which runs, got 'sinks'"
                        + " for tracker 'github:acme/shop'; only one sink of a group files."
                        + " A sink that was killed stays in it for 45 s");
    }

    @Test
    void joinsSinksOfItsTrackerAndOfEarlierVersions() {
        List<String> members =
                List.of("consumer-tripline-issue-sink-1", SinkGroup.clientId("me@host", GITHUB), "anything");

        assertThat(SinkGroup.problem(members, "sinks", GITHUB)).isEmpty();
        assertThat(SinkGroup.problem(List.of(), "sinks", GITHUB)).isEmpty();
    }
}
