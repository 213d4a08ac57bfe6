package dev.tripline.analyzer.environment;

import static dev.tripline.analyzer.environment.EnvironmentState.ONLY;

import dev.tripline.analyzer.breach.Rule;
import dev.tripline.analyzer.environment.Decision.RateChanged;
import dev.tripline.analyzer.environment.EnvironmentInput.Delta;
import dev.tripline.analyzer.outcome.Scope;
import dev.tripline.analyzer.outcome.Scope.Kind;
import dev.tripline.analyzer.rate.RateLedger;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.run.LastRun;
import dev.tripline.analyzer.state.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the rates of all scopes wider than a test. */
final class RateBook {
    /** Prefix of the built-in tag that names the kind of probe. */
    static final String PROBE_TAG = "probe:";

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    /** Scopes of one minute that are looked at in one go. */
    private static final int MOST_AT_ONCE = 1_000;

    private final RateWindows windows;

    RateBook(RateWindows windows) {
        this.windows = windows;
    }

    void count(Turn turn, Delta delta) {
        for (Scope scope : scopesOf(turn, delta)) {
            RateLedger ledger = ledgerOf(turn, scope);
            ledger.advanceTo(delta.endedAt());
            delta.buckets().forEach(bucket -> ledger.add(bucket.startedAt(), bucket.tally()));
            turn.state().ledgers().put(keyOf(scope), ledger);
            turn.tellRate(scope);
            fallsDue(turn, keyOf(scope), ledger);
        }
    }

    /** Tells the rate of a suite whose run was completed; one that never had an outcome begins with the run's end. */
    void completed(Turn turn, String suite, Instant endedAt) {
        Scope scope = Scope.of(turn.environment(), Kind.SUITE, suite);
        if (turn.state().ledgers().get(keyOf(scope)) == null) {
            var ledger = new RateLedger(windows);
            ledger.advanceTo(endedAt);
            turn.state().ledgers().put(keyOf(scope), ledger);
        }
        turn.tellRate(scope);
    }

    /**
     * Tells the rates that changed because time passed. Scopes are filed under the minute of their next change: none is looked at
     * before, and each at most once a minute. One that had outcomes meanwhile stays where it is filed, unless it changes sooner.
     */
    void timePassed(Turn turn) {
        long now = turn.progress().now().toEpochMilli();
        Numbers minutes = minutes(turn);
        while (!minutes.isEmpty() && minutes.first() * MINUTE <= now) {
            String minute = Long.toString(minutes.first());
            List<Named> due = turn.state().dueScopes().of(minute, MOST_AT_ONCE);
            if (due.size() < MOST_AT_ONCE) {
                minutes.remove(minutes.first());
            }
            turn.state().dueMinutes().put(ONLY, minutes);
            due.forEach(each -> fall(turn, minute, each.name()));
            minutes = minutes(turn);
        }
    }

    private void fall(Turn turn, String minute, String key) {
        turn.state().dueScopes().remove(minute, key);
        turn.state().falling().remove(ONLY, key);
        @Nullable RateLedger ledger = turn.state().ledgers().get(key);
        if (ledger == null) {
            return; // it could not be read
        }
        boolean hasChanged = ledger.nextChangeMillis() <= turn.progress().now().toEpochMilli();
        ledger.advanceTo(turn.progress().now());
        turn.state().ledgers().put(key, ledger);
        if (hasChanged) {
            turn.tellRate(scopeOf(turn, key));
        }
        fallsDue(turn, key, ledger);
    }

    /** Files a scope under the minute of its next change, but not the present one. */
    private static void fallsDue(Turn turn, String key, RateLedger ledger) {
        long next = ledger.nextChangeMillis();
        if (next == Long.MAX_VALUE) {
            return;
        }
        long present = Math.floorDiv(ledger.now().toEpochMilli(), MINUTE);
        long minute = Math.max(present + 1, Math.floorDiv(next + MINUTE - 1, MINUTE));
        @Nullable Named filed = turn.state().falling().get(ONLY, key);
        long now = Math.floorDiv(turn.progress().now().toEpochMilli(), MINUTE);
        // What is filed under a minute that is over was not found there.
        if (filed != null && Long.parseLong(filed.name()) <= minute && Long.parseLong(filed.name()) >= now) {
            return;
        }
        if (filed != null) {
            turn.state().dueScopes().remove(filed.name(), key);
        }
        Numbers minutes = minutes(turn);
        minutes.add(minute);
        turn.state().dueMinutes().put(ONLY, minutes);
        turn.state().dueScopes().put(Long.toString(minute), key, new Named(key));
        turn.state().falling().put(ONLY, key, new Named(Long.toString(minute)));
    }

    /** A copy, because what is handled may come to nothing. */
    private static Numbers minutes(Turn turn) {
        @Nullable Numbers known = turn.state().dueMinutes().get(ONLY);
        return known == null ? new Numbers() : new Numbers(known.bounds());
    }

    RateChanged rateOf(Turn turn, Scope scope) {
        RateLedger ledger = ledgerOf(turn, scope);
        @Nullable LastRun lastRun = null;
        @Nullable Rule baseline = null;
        @Nullable Rule target = null;
        if (scope.kind() == Kind.SUITE) {
            lastRun = turn.state().lastRuns().get(scope.name());
            baseline =
                    turn.rules().baselineRule(turn.environment(), scope.name()).orElse(null);
            target = turn.rules().targetRule(turn.environment(), scope.name()).orElse(null);
        }
        return new RateChanged(
                scope,
                ledger.now(),
                ledger.rates(),
                lastRun,
                baseline == null ? null : baseline.baseline(),
                target == null ? null : target.target(),
                turn.rules().version());
    }

    private static List<Scope> scopesOf(Turn turn, Delta delta) {
        String environment = turn.environment();
        var scopes = new ArrayList<Scope>();
        scopes.add(Scope.of(environment, Kind.SUITE, delta.suite()));
        scopes.add(Scope.of(environment, Kind.LOCATION, delta.location()));
        scopes.add(Scope.of(environment, Kind.TAG, PROBE_TAG + delta.probeKind()));
        delta.tags().stream()
                .filter(tag -> !tag.equals(PROBE_TAG + delta.probeKind()))
                .forEach(tag -> scopes.add(Scope.of(environment, Kind.TAG, tag)));
        turn.rules()
                .journeysOf(delta.suite())
                .forEach(journey -> scopes.add(Scope.of(environment, Kind.JOURNEY, journey.name())));
        scopes.add(Scope.environment(environment));
        return scopes;
    }

    private RateLedger ledgerOf(Turn turn, Scope scope) {
        RateLedger known = turn.state().ledgers().get(keyOf(scope));
        return known == null ? new RateLedger(windows) : known;
    }

    private static String keyOf(Scope scope) {
        return scope.kind().name() + ' ' + scope.name();
    }

    private static Scope scopeOf(Turn turn, String key) {
        int space = key.indexOf(' ');
        return Scope.of(turn.environment(), Kind.valueOf(key.substring(0, space)), key.substring(space + 1));
    }
}
