package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.breach.Rule;
import dev.tripline.analyzer.environment.Decision.RateChanged;
import dev.tripline.analyzer.environment.EnvironmentInput.Delta;
import dev.tripline.analyzer.outcome.Scope;
import dev.tripline.analyzer.outcome.Scope.Kind;
import dev.tripline.analyzer.rate.RateLedger;
import dev.tripline.analyzer.rate.RateWindows;
import dev.tripline.analyzer.run.LastRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the rates of all scopes wider than a test. */
final class RateBook {
    /** Prefix of the built-in tag that names the kind of probe. */
    static final String PROBE_TAG = "probe:";

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

    /** Lets the environment's own rate fall due. */
    void timePassed(Turn turn) {
        Scope scope = Scope.environment(turn.environment());
        RateLedger ledger = ledgerOf(turn, scope);
        ledger.advanceTo(turn.progress().now());
        turn.state().ledgers().put(keyOf(scope), ledger);
        turn.tellRate(scope);
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
}
