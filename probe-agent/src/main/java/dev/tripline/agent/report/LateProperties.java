package dev.tripline.agent.report;

import java.util.HashMap;
import java.util.Map;

/** What stands in a report behind the cases it is about, kept from one reading of the report to the next. */
public final class LateProperties {
    private final Map<Integer, Map<String, String>> suites = new HashMap<>();
    private final TestDefinitions definitions = new TestDefinitions();

    /** Tells whether nothing stood late, so that another reading gives the same outcomes. */
    public boolean isEmpty() {
        return suites.isEmpty() && definitions.isEmpty();
    }

    /** Keeps a property; of several with one name the last counts. */
    void put(int suite, String property, String value) {
        suites.computeIfAbsent(suite, number -> new HashMap<>()).put(property, value);
    }

    /** Returns what tests are, for formats that say it apart from their results. */
    TestDefinitions definitions() {
        return definitions;
    }

    /** Returns those of a suite, told by its number in the report's order. */
    Map<String, String> of(int suite) {
        return suites.getOrDefault(suite, Map.of());
    }
}
