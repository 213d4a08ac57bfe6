package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.agent.Silence;
import dev.tripline.analyzer.breach.Breach;
import dev.tripline.analyzer.breach.Breach.Kind;
import dev.tripline.analyzer.outcome.Scope;
import dev.tripline.analyzer.outcome.StatusCounts;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps what is silent: a breach of the location it is expected from, until it comes again. */
final class SilenceBook {
    private static final String RULE = "silence";

    void heard(Turn turn, Silence silence) {
        Scope scope = Scope.of(turn.environment(), Scope.Kind.LOCATION, silence.location());
        @Nullable String probe = silence.probe();
        String rule = RULE
                + (silence.agent().isEmpty() ? "" : "/" + part(silence.agent()))
                + (probe == null ? "" : "/" + part(probe));
        String key = scope.kind().name() + '\u0000' + scope.name() + '\u0000' + rule;
        @Nullable Breach known = turn.state().breaches().get(key);
        @Nullable Breach open = known != null && known.isOpen() ? known : null;
        boolean isNews = open == null ? !silence.isOver() : silence.isOver();
        if (!isNews) {
            return;
        }
        int episode = known == null ? 1 : open == null ? known.episode() + 1 : open.episode();
        Instant since = open == null ? silence.dueAt() : open.since();
        Instant now = turn.progress().now();
        var breach = new Breach(
                Kind.SILENCE,
                Breach.idOf(scope, rule, episode),
                episode,
                scope,
                rule,
                turn.rules().version(),
                open == null,
                since,
                now.isBefore(since) ? since : now,
                StatusCounts.NONE,
                null,
                null,
                List.of(),
                List.of(),
                new TreeSet<>(),
                reason(silence));
        turn.state().breaches().put(key, breach);
        turn.tell(breach);
    }

    /** Names may hold what parts them. */
    private static String part(String name) {
        return name.replace("%", "%25").replace("/", "%2F");
    }

    private static String reason(Silence silence) {
        @Nullable String probe = silence.probe();
        String at = silence.location().isEmpty() ? "" : " at " + silence.location();
        if (silence.agent().isEmpty()) {
            return silence.isOver()
                    ? "an agent is heard again" + at
                    : "no agent is heard" + at + " since " + silence.dueAt();
        }
        String who = probe == null ? "agent " + silence.agent() : "probe " + probe + " of agent " + silence.agent();
        if (silence.isOver() && !silence.isAgentAlive()) {
            return who + at + " is forgotten: no heartbeat since " + silence.dueAt();
        }
        if (silence.isOver()) {
            return who + at + (probe == null ? " is heard again" : " runs again");
        }
        return probe == null
                ? who + at + " is gone: no heartbeat since " + silence.dueAt()
                : who + at + " is stuck: due at " + silence.dueAt() + ", and its agent is alive";
    }
}
