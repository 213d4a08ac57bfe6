package dev.tripline.analyzer.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tripline.analyzer.agent.AgentWatch.Change;
import dev.tripline.analyzer.agent.AgentWatch.Known;
import dev.tripline.analyzer.agent.Heartbeat.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentWatchTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final AgentWatch watch = new AgentWatch();

    @Test
    void anAgentWithoutHeartbeatsIsGoneUntilItIsHeardAgain() {
        Known known = heard(null, T0, probe("login", null, null, false));

        assertThat(watch.look(known, T0.plus(AgentWatch.GONE)).told()).isEmpty();
        Change gone = watch.look(known, T0.plus(AgentWatch.GONE).plusSeconds(1));
        assertThat(gone.told()).containsExactly(new Silence("staging", "a1", null, "eu", T0, false, false));
        Known missing = known(gone);
        assertThat(watch.look(missing, T0.plus(Duration.ofHours(1))).told())
                .as("told once")
                .isEmpty();

        Instant back = T0.plus(Duration.ofHours(2));
        Change heard = watch.heard(missing, heartbeat(back, probe("login", null, null, false)));
        assertThat(heard.told()).containsExactly(new Silence("staging", "a1", null, "eu", T0, true, true));
        assertThat(watch.look(known(heard), back).told()).isEmpty();
    }

    @Test
    void anAgentThatStaysAwayIsForgotten() {
        Known known = heard(null, T0, probe("login", null, null, false));
        Known gone = known(watch.look(known, T0.plus(Duration.ofHours(1))));
        assertThat(watch.look(gone, T0.plus(AgentWatch.FORGOTTEN)).known()).isEqualTo(gone);
        assertThat(watch.look(gone, T0.plus(AgentWatch.FORGOTTEN).plusSeconds(1))
                        .known())
                .isNull();
    }

    /**
     * A probe that is due a minute after its agent's heartbeat.
     *
     * @param aheadHours of the agent's clock against the broker's
     * @param second since the heartbeat, of the broker's clock
     */
    @ParameterizedTest
    @CsvSource({
        "0, false, 60, false",
        "0, false, 360, false",
        "0, false, 361, true",
        "0, true, 960, false",
        "0, true, 961, true",
        "-240, false, 360, false",
        "-240, false, 361, true",
        "72, false, 361, true",
    })
    void aProbeThatDoesNotRunWhenItIsDueIsStuckWhateverItsAgentsClockSays(
            long aheadHours, boolean isRunning, long second, boolean isStuck) {
        Instant sentAt = T0.plus(Duration.ofHours(aheadHours));
        Probe due = probe("login", sentAt.plusSeconds(60), sentAt, isRunning);
        Known known = new Known(new Heartbeat("a1", "eu", sentAt, T0, List.of(due)), false, new TreeSet<>());
        // An agent that is alive, by a heartbeat that says the same.
        Instant now = T0.plusSeconds(second);
        Known alive =
                known(watch.heard(known, new Heartbeat("a1", "eu", sentAt.plusSeconds(second), now, List.of(due))));

        assertThat(watch.look(alive, now).told())
                .extracting(Silence::probe, Silence::dueAt, Silence::isAgentAlive, Silence::isOver)
                .isEqualTo(isStuck ? List.of(tuple("login", T0.plusSeconds(60), true, false)) : List.of());
        assertThat(alive.isClockOff()).isEqualTo(aheadHours != 0);
    }

    @Test
    void aProbeThatWasStuckRunsAgain() {
        Known known = heard(null, T0, probe("login", T0, T0, false), probe("pay", null, null, false));
        Instant later = T0.plus(Duration.ofMinutes(6));
        Known stuck = known(
                watch.look(heard(known, later, probe("login", T0, T0, false), probe("pay", null, null, false)), later));
        assertThat(stuck.stuck()).containsExactly("login");

        Change same = watch.heard(stuck, heartbeat(later.plusSeconds(10), probe("login", T0, T0, false)));
        assertThat(same.told()).isEmpty();
        Change moved = watch.heard(
                known(same), heartbeat(later.plusSeconds(20), probe("login", later.plusSeconds(60), later, false)));
        assertThat(moved.told()).extracting(Silence::probe, Silence::isOver).containsExactly(tuple("login", true));
        Change removed = watch.heard(stuck, heartbeat(later.plusSeconds(20)));
        assertThat(removed.told()).extracting(Silence::probe, Silence::isOver).containsExactly(tuple("login", true));
    }

    @Test
    void aLocationIsSilentWhenTheLastOfItsAgentsIs() {
        Known one = new Known(heartbeat(T0, probe("login", null, null, false)), true, new TreeSet<>());
        Known other = new Known(
                new Heartbeat("a2", "eu", T0, T0, List.of(probe("login", null, null, false))), false, new TreeSet<>());
        Known elsewhere = new Known(
                new Heartbeat("a3", "us", T0, T0, List.of(probe("login", null, null, false))), false, new TreeSet<>());

        assertThat(watch.ofLocation(List.of(one, other, elsewhere), one)).isEmpty();
        assertThat(watch.ofLocation(List.of(one, elsewhere), one))
                .containsExactly(new Silence("staging", "", null, "eu", T0, false, false));
        Known ofAnother = new Known(
                new Heartbeat("a4", "eu", T0, T0, List.of(new Probe("p", "prod", null, null, false))),
                false,
                new TreeSet<>());
        assertThat(watch.ofLocation(List.of(one, ofAnother), one))
                .as("it watches another environment")
                .extracting(Silence::environment)
                .containsExactly("staging");
        Known back = new Known(one.last(), false, new TreeSet<>());
        assertThat(watch.ofLocation(List.of(back, other), back))
                .extracting(Silence::location, Silence::isOver)
                .containsExactly(tuple("eu", true));
    }

    @Test
    void anOlderHeartbeatChangesNothing() {
        Known known = heard(null, T0, probe("login", null, null, false));
        Change change = watch.heard(known, heartbeat(T0.minusSeconds(1)));
        assertThat(change.known()).isEqualTo(known);
        assertThat(change.told()).isEmpty();
    }

    private Known heard(@Nullable Known before, Instant at, Probe... probes) {
        return known(watch.heard(before, heartbeat(at, probes)));
    }

    private static Known known(Change change) {
        Known known = change.known();
        assertThat(known).isNotNull();
        return known;
    }

    private static Heartbeat heartbeat(Instant at, Probe... probes) {
        return new Heartbeat("a1", "eu", at, at, List.of(probes));
    }

    private static Probe probe(String name, @Nullable Instant due, @Nullable Instant ended, boolean isRunning) {
        return new Probe(name, "staging", due, ended, isRunning);
    }
}
