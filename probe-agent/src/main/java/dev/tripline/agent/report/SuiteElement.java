package dev.tripline.agent.report;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An open {@code <testsuite>} while a report is read: its name, its properties, and how far its time has gone. */
final class SuiteElement {
    /** Properties that say something about every case of their suite. */
    static final List<String> PROPERTIES = List.of("environment", "location", "service", "revision", "suite");

    private static final String SAYS_NOTHING = "pytest";

    private final @Nullable SuiteElement outer;
    private final @Nullable String name;
    private final boolean namesCases;
    private final boolean ownTime;
    private final Map<String, String> properties = new HashMap<>();
    private @Nullable Instant now;
    private boolean hasCases;

    private SuiteElement(
            @Nullable SuiteElement outer,
            @Nullable String name,
            boolean namesCases,
            boolean ownTime,
            @Nullable Instant now) {
        this.outer = outer;
        this.name = name;
        this.namesCases = namesCases;
        this.ownTime = ownTime;
        this.now = now;
    }

    /** What stands around the root. */
    static SuiteElement outside() {
        return new SuiteElement(null, null, false, false, null);
    }

    /**
     * A suite within this one.
     *
     * @param isSuite whether it is a {@code <testsuite>}; the name of {@code <testsuites>} is no suite of cases
     */
    SuiteElement inner(@Nullable String innerName, boolean isSuite, @Nullable Instant begin) {
        return new SuiteElement(this, innerName, isSuite, begin != null, begin == null ? now : begin);
    }

    /** What stands within a case of this suite: its name and properties, from when the case begins. */
    SuiteElement withinCase(@Nullable Instant begin) {
        return new SuiteElement(this, name, namesCases, begin != null, begin);
    }

    /** Takes the time of a suite within this one that has ended: cases after it come after it. */
    void afterInner(SuiteElement inner) {
        Instant end = inner.now;
        if (end != null && (now == null ? !inner.ownTime : end.isAfter(now))) {
            now = end;
        }
    }

    void put(String property, String value) {
        properties.put(property, value);
    }

    @Nullable
    String get(String property) {
        String value = properties.get(property);
        return value != null || outer == null ? value : outer.get(property);
    }

    boolean hasCases() {
        return hasCases;
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

    /** Returns when what comes next begins; null if the report does not say. */
    @Nullable
    Instant now() {
        return now;
    }

    /** Returns when a case begins, and lets its time pass; null if the report does not say. */
    @Nullable
    Instant startCase(Duration duration) {
        hasCases = true;
        Instant begin = now;
        if (begin != null) {
            now = begin.plus(duration);
        }
        return begin;
    }

    /** Returns the suite of a case with a class name; null if the report names none. */
    @Nullable
    String nameFor(@Nullable String classname) {
        String property = get("suite");
        if (property != null) {
            return property;
        }
        if (namesCases && name != null && !name.equals(SAYS_NOTHING)) {
            return name;
        }
        return classname == null ? null : lastPart(classname);
    }

    private static String lastPart(String classname) {
        String last = classname.substring(classname.lastIndexOf('.') + 1);
        return last.isBlank() ? classname : last;
    }
}
