package dev.tripline.agent.ingest;

import dev.tripline.events.StatusCounts;
import dev.tripline.events.SuiteRun;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an operator says about a run whose reports come in several calls. Totals tell the analysis how many tests to wait for, and
 * the first ones that come for a run stay; so a call that holds a part only must know of the others, or leave them to a later one.
 */
public sealed interface WholeRun {
    /** Says that the reports of one call are the whole of their runs. */
    static WholeRun inThisCall() {
        return new InThisCall();
    }

    /** Says that later calls bring more of the run, and the last of them its totals. */
    static WholeRun inALaterCall() {
        return new InALaterCall();
    }

    /**
     * Says how many tests the run has in all its calls, whose order then does not matter.
     *
     * @param tests number of tests, at least 1
     */
    static WholeRun of(long tests) {
        if (tests < 1) {
            throw new IllegalArgumentException("tests must be at least 1, got " + tests);
        }
        return new OfTests(tests);
    }

    /**
     * Returns the totals to publish.
     *
     * @param ofCall those of the reports of one call
     * @throws ContradictionException if what the operator says cannot be true of these reports
     */
    List<SuiteRun> totals(List<SuiteRun> ofCall) throws ContradictionException;

    /** The reports contradict what the operator says about their run. */
    final class ContradictionException extends Exception {
        private static final long serialVersionUID = 1L;

        ContradictionException(String message) {
            super(message);
        }
    }

    /** The usual case. */
    record InThisCall() implements WholeRun {
        @Override
        public List<SuiteRun> totals(List<SuiteRun> ofCall) {
            return ofCall;
        }
    }

    /** No totals yet. */
    record InALaterCall() implements WholeRun {
        @Override
        public List<SuiteRun> totals(List<SuiteRun> ofCall) {
            return List.of();
        }
    }

    /**
     * Totals of a known number of tests.
     *
     * @param tests number of tests of the run, in all calls
     */
    record OfTests(long tests) implements WholeRun {
        /** Tests of other calls, whose results this one cannot know, count as inconclusive; the analysis goes by the sum. */
        @Override
        public List<SuiteRun> totals(List<SuiteRun> ofCall) throws ContradictionException {
            if (ofCall.size() > 1) {
                throw new ContradictionException("--expect " + tests + ": is the number of tests of one suite, got "
                        + ofCall.size() + " suites: "
                        + ofCall.stream().map(SuiteRun::getSuite).collect(Collectors.joining(", "))
                        + "; their totals are not published");
            }
            for (SuiteRun run : ofCall) {
                StatusCounts counts = run.getTotals();
                long here = counts.getPassed()
                        + counts.getFailed()
                        + counts.getErrored()
                        + counts.getTimedOut()
                        + counts.getSkipped()
                        + counts.getInconclusive();
                if (here > tests) {
                    throw new ContradictionException("--expect " + tests + ": the reports of this call alone hold "
                            + here + " tests of " + run.getSuite() + "; its totals are not published");
                }
                var all = StatusCounts.newBuilder(counts)
                        .setInconclusive(counts.getInconclusive() + tests - here)
                        .build();
                return List.of(SuiteRun.newBuilder(run).setTotals(all).build());
            }
            return List.of();
        }
    }
}
