package dev.tripline.events.testing;

import java.time.Instant;

/**
 * Where tests begin to make a record: {@code outcome().suite("login").test("test_jwt").failed("AssertionError", "400 != 200")
 * .run(7).build()}.
 */
public final class Events {
    /** When nothing else is said. */
    public static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private Events() {}

    /** Begins a passed outcome of staging/login/test_jwt/eu, run 1, that took one second and ended at {@link #T0}. */
    public static OutcomeBuilder outcome() {
        return new OutcomeBuilder();
    }

    /** Begins the totals of run 1 of staging/login/eu, with one passed test, one minute long, ended at {@link #T0}. */
    public static SuiteRunBuilder suiteRun() {
        return new SuiteRunBuilder();
    }

    /** Begins a deployment of auth at revision r1 in staging, at {@link #T0}. */
    public static DeploymentBuilder deployment() {
        return new DeploymentBuilder();
    }
}
