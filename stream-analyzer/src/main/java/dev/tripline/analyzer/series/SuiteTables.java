package dev.tripline.analyzer.series;

import dev.tripline.analyzer.outcome.Digest;
import dev.tripline.analyzer.outcome.RunId;
import dev.tripline.analyzer.state.MemoryTables;
import dev.tripline.analyzer.state.Numbers;
import dev.tripline.analyzer.state.Rows;
import dev.tripline.analyzer.state.Table;
import dev.tripline.analyzer.state.Tables;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What suites remember of their runs. Each value is bounded: what can be any number is rows. */
public class SuiteTables {
    /** Series of a suite that share a row of members, as a power of two. */
    private static final int BLOCK_BITS = 16;

    /** Runs of a source that share a row, as a power of two. */
    private static final int SETTLED_BITS = 12;

    private static final int ATTEMPT_SHIFT = 32;

    /** Attempts of one test in one run that are told apart. */
    private static final int MOST_ATTEMPTS = 1_000;

    private final Table<Suite> suites;
    private final Rows<CountedRun> runs;
    private final Rows<Numbers> members;
    private final Rows<SettledRuns> settled;
    private final Rows<Filed> filed;

    protected SuiteTables(Tables tables) {
        suites = tables.table("suites", Suite.class);
        runs = tables.rows("counted-runs", CountedRun.class);
        members = tables.rows("members", Numbers.class);
        settled = tables.rows("settled-runs", SettledRuns.class);
        filed = tables.rows("filed", Filed.class);
    }

    /** Returns tables in memory, for analysis without Kafka. */
    public static SuiteTables inMemory() {
        return new SuiteTables(new MemoryTables());
    }

    /** Suites, by environment and name. */
    final Table<Suite> suites() {
        return suites;
    }

    /** Runs that are remembered one by one, by suite and run. */
    final Rows<CountedRun> runs() {
        return runs;
    }

    /** Outcomes that were counted in them, by suite, and run and block. */
    final Rows<Numbers> members() {
        return members;
    }

    /** Runs that are complete and older, by suite and source. */
    final Rows<SettledRuns> settled() {
        return settled;
    }

    /** What goes at some age, by suite and hour. */
    final Rows<Filed> filed() {
        return filed;
    }

    /** Hands out environment and name of a suite, by its key, if runs of it are waited for. */
    protected final void forOpen(String suiteKey, BiConsumer<String, String> each) {
        @Nullable Suite suite = suites.get(suiteKey);
        if (suite != null && !suite.open().isEmpty()) {
            each.accept(suiteKey.substring(0, suiteKey.length() - suite.name().length() - 1), suite.name());
        }
    }

    static String suiteKey(String environment, String suite) {
        return environment + '\u0000' + suite;
    }

    /** Returns the key of a run: short, because names may have thousands of characters. */
    static String runKey(String location, RunId run) {
        return Digest.id(location, run.source(), Long.toString(run.run()));
    }

    static String locationKey(String location) {
        return Digest.id(location);
    }

    static String settledKey(String location, RunId run) {
        return Digest.id(location, run.source(), Long.toString(run.run() >>> SETTLED_BITS));
    }

    /** Returns the number of an outcome in its run: of its series, and which attempt it was. */
    static long member(int series, int attempt) {
        return ((long) Math.min(attempt, MOST_ATTEMPTS) - 1 << ATTEMPT_SHIFT) + series;
    }

    static long block(long member) {
        return member >>> BLOCK_BITS;
    }

    static String blockKey(String runKey, long block) {
        return runKey + ':' + block;
    }
}
