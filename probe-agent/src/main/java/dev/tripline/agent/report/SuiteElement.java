package dev.tripline.agent.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An open {@code <testsuite>} while a report is read: its name, its properties, and how far its time has gone. */
final class SuiteElement {
    /** Properties that say something about every case of their suite. */
    static final List<String> PROPERTIES = List.of("environment", "location", "service", "revision", "suite");

    private static final String SAYS_NOTHING = "pytest";

    /** PHPUnit names its outermost suite after its configuration file, which lies elsewhere on every machine. */
    private static final Pattern ABSOLUTE_PATH = Pattern.compile("(?:/|[A-Za-z]:[/\\\\]).*", Pattern.DOTALL);

    private final @Nullable SuiteElement outer;
    private final @Nullable String name;
    private final boolean namesCases;
    private final Map<String, String> late;
    private Map<String, String> properties = Map.of();
    private final @Nullable Instant start;
    private final @Nullable Duration time;
    private final @Nullable Instant latestEnd;
    private @Nullable List<String> path;
    private @Nullable String joinedPath;
    private @Nullable Instant now;
    private int cases;
    private int number;
    private long handedOutBefore;
    private @Nullable String otherHost;

    private SuiteElement(
            @Nullable SuiteElement outer,
            @Nullable String name,
            boolean namesCases,
            Map<String, String> late,
            @Nullable Instant start,
            @Nullable Duration time,
            @Nullable Instant latestEnd) {
        this.outer = outer;
        this.name = name;
        this.namesCases = namesCases;
        this.late = late;
        this.start = start;
        this.time = time;
        this.latestEnd = latestEnd;
        this.now = start;
    }

    /**
     * What stands around the root.
     *
     * @param latest when everything in the report had ended; null if unknown
     */
    static SuiteElement outside(@Nullable Instant latest) {
        return new SuiteElement(null, null, false, Map.of(), null, null, latest);
    }

    /**
     * A suite within this one.
     *
     * @param innerName its name; null if it has none
     * @param isSuite whether it is a {@code <testsuite>}; the name of {@code <testsuites>} is no suite of cases
     * @param innerLate its properties that stand behind its cases
     * @param stamp when it began; null if it does not say, then it follows what came before, as a case does
     * @param innerTime how long it took; null if it does not say
     */
    SuiteElement inner(
            @Nullable String innerName,
            boolean isSuite,
            Map<String, String> innerLate,
            @Nullable Instant stamp,
            @Nullable Duration innerTime) {
        Instant begin = stamp == null ? begin(innerTime == null ? Duration.ZERO : innerTime) : stamp;
        Instant end = begin == null || innerTime == null ? null : begin.plus(innerTime);
        Instant latest = end == null || (latestEnd != null && latestEnd.isBefore(end)) ? latestEnd : end;
        return new SuiteElement(this, innerName, isSuite, innerLate, begin, innerTime, latest);
    }

    /** What stands within a case of this suite: the suite's name and properties, while the case runs. */
    SuiteElement withinCase(@Nullable Instant begin, @Nullable Duration duration) {
        return new SuiteElement(
                this,
                null,
                false,
                Map.of(),
                begin,
                duration,
                begin == null || duration == null ? latestEnd : begin.plus(duration));
    }

    /** Takes the time of a suite within this one that has ended: cases after it come after it. */
    void afterInner(SuiteElement inner) {
        if (now == null || inner.start == null || inner.now == null) {
            return;
        }
        Instant end = inner.time == null ? inner.now : inner.start.plus(inner.time);
        now = end.isAfter(now) ? end : now;
    }

    /** Says which suite of the report it is, from 1, and how many outcomes had been handed out before it. */
    void enteredAs(int suite, long outcomes) {
        number = suite;
        handedOutBefore = outcomes;
    }

    /** Says that a suite of this name came before which ran on another host. */
    void onAnotherHost(String host) {
        otherHost = host;
    }

    /** Returns the class of a case, with the host before it if that tells the case from one of the same name. */
    @Nullable
    String classFor(@Nullable String classname) {
        for (SuiteElement suite = this; suite != null; suite = suite.outer) {
            if (suite.otherHost != null) {
                return classname == null ? suite.otherHost : suite.otherHost + "/" + classname;
            }
        }
        return classname;
    }

    int number() {
        return number;
    }

    long handedOutBefore() {
        return handedOutBefore;
    }

    void put(String property, String value) {
        properties = properties.isEmpty() ? new HashMap<>() : properties;
        properties.put(property, value);
    }

    /** Keeps a property if it says something about the cases; null says nothing. */
    void putIfKnown(@Nullable String property, @Nullable String value) {
        if (property != null && value != null && PROPERTIES.contains(property)) {
            put(property, value.strip());
        }
    }

    /** Returns a property of this suite or of the innermost around it that has it; null if none has. */
    @Nullable
    String get(String property) {
        if (late.isEmpty() && properties.isEmpty()) {
            return outer == null ? null : outer.get(property);
        }
        String value = late.containsKey(property) ? late.get(property) : properties.get(property);
        return value != null || outer == null ? value : outer.get(property);
    }

    /** Returns the name of the element itself; null if it has none. */
    @Nullable
    String ownName() {
        return name;
    }

    /** Tells whether this is a suite or {@code <testsuites>}, not what stands around the root. */
    boolean isElement() {
        return outer != null;
    }

    /** Returns when the suite began; null if the report does not say. */
    @Nullable
    Instant start() {
        return start;
    }

    /** Returns how long the suite took, where it holds no cases that took the time; null if the report does not say. */
    @Nullable
    Duration timeWithoutCases() {
        return cases == 0 ? time : null;
    }

    /**
     * Returns when a case begins, and lets its time pass; null if the report does not say. Cases come one after the other,
     * unless that does not fit into the time of their suite: then they ran side by side, and all begin with it.
     *
     * @param stamp when the case says it began; null if it does not say
     */
    @Nullable
    Instant startCase(@Nullable Instant stamp, Duration duration) {
        cases++;
        Instant begin = stamp == null ? begin(duration) : stamp;
        if (now != null) {
            Instant from = stamp == null ? now : stamp;
            Instant end = from.plus(duration);
            now = end.isAfter(now) ? end : now;
        }
        return begin;
    }

    private @Nullable Instant begin(Duration duration) {
        if (now == null || latestEnd == null) {
            return now;
        }
        Instant end = now.plus(duration);
        if (!end.isAfter(latestEnd)) {
            return now;
        }
        // Reports round each time: to a thousandth in most, and a suite's by more than a case's.
        Duration rounding = Duration.ofMillis(1L + cases).plus(time == null ? Duration.ZERO : time.dividedBy(100));
        return end.isAfter(latestEnd.plus(rounding)) ? start : now;
    }

    /** Returns the suite of a case with a class name; null if the report names none. */
    @Nullable
    String nameFor(@Nullable String classname) {
        String property = get("suite");
        if (property != null) {
            return property;
        }
        List<String> around = path();
        if (!around.isEmpty()) {
            joinedPath = joinedPath == null ? String.join("/", around) : joinedPath;
            return joinedPath;
        }
        return classname == null ? null : lastPart(classname);
    }

    /** Returns the names of the suites around a case that say something, outermost first; empty if none does. */
    List<String> path() {
        if (path != null) {
            return path;
        }
        var names = new ArrayDeque<String>();
        for (SuiteElement suite = this; suite != null; suite = suite.outer) {
            if (suite.saysSomething()) {
                names.addFirst(String.valueOf(suite.name));
            }
        }
        path = List.copyOf(names);
        return path;
    }

    private boolean saysSomething() {
        return namesCases
                && name != null
                && !name.equals(SAYS_NOTHING)
                && !ABSOLUTE_PATH.matcher(name).matches();
    }

    private static String lastPart(String classname) {
        String last = classname.substring(classname.lastIndexOf('.') + 1);
        return last.isBlank() ? classname : last;
    }
}
