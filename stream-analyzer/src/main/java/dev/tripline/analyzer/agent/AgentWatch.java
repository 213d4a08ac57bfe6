package dev.tripline.analyzer.agent;

import dev.tripline.analyzer.agent.Heartbeat.Probe;
import dev.tripline.service.time.Acceptance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Watches agents by their heartbeats. Times are compared by the broker's clock alone: what an agent says of its own is only used to
 * tell how long after a heartbeat something is due. Has no state and may be shared.
 */
public final class AgentWatch {
    /** Time without a heartbeat after which an agent is gone; it sends one every 10 s. */
    public static final Duration GONE = Duration.ofMinutes(3);

    /** Time a probe may begin too late. */
    public static final Duration LATE = Duration.ofMinutes(5);

    /** Time a probe may still run after it was to run again. */
    public static final Duration OVERRUN = Duration.ofMinutes(15);

    /** Time after which an agent that is gone is forgotten: it was taken down. */
    public static final Duration FORGOTTEN = Duration.ofDays(7);

    /**
     * What is known of an agent.
     *
     * @param last its newest heartbeat
     * @param isGone whether it was told to be gone
     * @param stuck probes that were told to be stuck
     */
    public record Known(Heartbeat last, boolean isGone, SortedSet<String> stuck) {
        public Known {
            stuck = new TreeSet<>(stuck);
        }

        /** Tells whether the agent's clock is off, so that what it publishes is put aside or stands at a wrong time. */
        public boolean isClockOff() {
            return last.clockAhead().abs().compareTo(Acceptance.CLOCK_TOLERANCE) > 0;
        }
    }

    /**
     * What becomes of what is known.
     *
     * @param known null if the agent is forgotten
     * @param told what is to be told
     */
    public record Change(@Nullable Known known, List<Silence> told) {}

    /** Takes in a heartbeat; one that the broker took before the last changes nothing. */
    public Change heard(@Nullable Known before, Heartbeat heartbeat) {
        if (before == null) {
            // Whatever was told of an agent of that name that was forgotten is over.
            var over = new ArrayList<>(ofAgent(heartbeat, true, true));
            heartbeat.probes().forEach(probe -> over.add(ofProbe(heartbeat, probe, true)));
            return new Change(new Known(heartbeat, false, new TreeSet<>()), over);
        }
        if (heartbeat.takenAt().isBefore(before.last().takenAt())) {
            return new Change(before, List.of());
        }
        var told = new ArrayList<Silence>();
        if (before.isGone()) {
            told.addAll(ofAgent(before.last(), true, true));
        }
        Map<String, Probe> probes = new HashMap<>();
        heartbeat.probes().forEach(probe -> probes.put(probe.name(), probe));
        var stuck = new TreeSet<>(before.stuck());
        for (Probe earlier : before.last().probes()) {
            @Nullable Probe now = probes.get(earlier.name());
            if (before.stuck().contains(earlier.name()) && (now == null || hasMoved(earlier, now))) {
                stuck.remove(earlier.name());
                told.add(ofProbe(heartbeat, earlier, true));
            }
        }
        return new Change(new Known(heartbeat, false, stuck), told);
    }

    /** Looks whether something is overdue that was not told yet. */
    public Change look(Known known, Instant now) {
        Heartbeat last = known.last();
        Duration since = Duration.between(last.takenAt(), now);
        if (since.compareTo(FORGOTTEN) > 0) {
            return new Change(null, ofAgent(last, false, true));
        }
        if (since.compareTo(GONE) > 0) {
            // What its probes do is not known any more.
            return known.isGone()
                    ? new Change(known, List.of())
                    : new Change(new Known(last, true, known.stuck()), ofAgent(last, false, false));
        }
        var told = new ArrayList<Silence>();
        var stuck = new TreeSet<>(known.stuck());
        for (Probe probe : last.probes()) {
            @Nullable Instant dueAt = dueAt(last, probe);
            if (dueAt != null
                    && now.isAfter(dueAt.plus(probe.isRunning() ? OVERRUN : LATE))
                    && stuck.add(probe.name())) {
                told.add(ofProbe(last, probe, false));
            }
        }
        return told.isEmpty() ? new Change(known, List.of()) : new Change(new Known(last, known.isGone(), stuck), told);
    }

    /**
     * Tells of an agent's location, for each environment that it watches from there: that no agent is heard that does, or that this
     * one is.
     *
     * @param all what is known of all agents, after a change
     * @param agent agent that was told to be gone, or is heard for the first time or again
     */
    public List<Silence> ofLocation(Collection<Known> all, Known agent) {
        String location = agent.last().location();
        Instant dueAt = agent.last().takenAt();
        return environments(agent.last()).stream()
                .filter(environment ->
                        !agent.isGone() || all.stream().noneMatch(each -> hears(each, location, environment)))
                .map(environment ->
                        new Silence(environment, "", null, location, dueAt, !agent.isGone(), !agent.isGone()))
                .toList();
    }

    private static boolean hears(Known each, String location, String environment) {
        return !each.isGone()
                && each.last().location().equals(location)
                && environments(each.last()).contains(environment);
    }

    /** Environments that an agent watches, by name. */
    public static SortedSet<String> environments(Heartbeat heartbeat) {
        var environments = new TreeSet<String>();
        heartbeat.probes().forEach(probe -> environments.add(probe.environment()));
        return environments;
    }

    private static List<Silence> ofAgent(Heartbeat last, boolean isAlive, boolean isOver) {
        return environments(last).stream()
                .map(environment ->
                        new Silence(environment, last.agent(), null, last.location(), last.takenAt(), isAlive, isOver))
                .toList();
    }

    private static Silence ofProbe(Heartbeat heartbeat, Probe probe, boolean isOver) {
        @Nullable Instant dueAt = dueAt(heartbeat, probe);
        return new Silence(
                probe.environment(),
                heartbeat.agent(),
                probe.name(),
                heartbeat.location(),
                dueAt == null ? heartbeat.takenAt() : dueAt,
                true,
                isOver);
    }

    /** When a probe is due by the broker's clock; null if it does not run by itself. */
    private static @Nullable Instant dueAt(Heartbeat heartbeat, Probe probe) {
        @Nullable Instant dueAt = probe.nextDueAt();
        return dueAt == null ? null : heartbeat.takenAt().plus(Duration.between(heartbeat.sentAt(), dueAt));
    }

    private static boolean hasMoved(Probe earlier, Probe now) {
        @Nullable Instant ended = now.lastEndedAt();
        @Nullable Instant due = now.nextDueAt();
        return (ended != null && !ended.equals(earlier.lastEndedAt()))
                || due == null
                || (due != null && !due.equals(earlier.nextDueAt()));
    }
}
