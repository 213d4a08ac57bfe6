package dev.tripline.analyzer.environment;

import dev.tripline.analyzer.incident.AffectedTest;
import dev.tripline.analyzer.incident.HitSuite;
import dev.tripline.analyzer.incident.Hits;
import dev.tripline.analyzer.outcome.OutcomeId;
import org.jspecify.annotations.Nullable;

/** What one incident hits, in the rows of its environment. */
record HitRows(EnvironmentState state, String incidentId) implements Hits {
    private static final Named THERE = new Named("");

    @Override
    public @Nullable AffectedTest at(OutcomeId outcome) {
        return state.affectedTests().get(incidentId, AffectedTest.keyOf(outcome));
    }

    @Override
    public void keep(AffectedTest test) {
        state.affectedTests().put(incidentId, test.key(), test);
    }

    @Override
    public boolean addTest(AffectedTest test) {
        if (state.testsOfIncidents().get(incidentId, test.testKey()) != null) {
            return false;
        }
        state.testsOfIncidents().put(incidentId, test.testKey(), THERE);
        return true;
    }

    @Override
    public boolean addSuite(String suite) {
        if (state.suitesOfIncidents().get(incidentId, suite) != null) {
            return false;
        }
        state.suitesOfIncidents().put(incidentId, suite, new HitSuite(suite, null));
        return true;
    }
}
