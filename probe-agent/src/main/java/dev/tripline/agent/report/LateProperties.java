package dev.tripline.agent.report;

import java.util.HashMap;
import java.util.Map;

/** Properties of suites that stand behind cases of these suites, kept from one reading of a report to the next. */
public final class LateProperties {
    private final Map<Integer, Map<String, String>> suites = new HashMap<>();

    /** Keeps a property; of several with one name the last counts. */
    void put(int suite, String property, String value) {
        suites.computeIfAbsent(suite, number -> new HashMap<>()).put(property, value);
    }

    /** Returns those of a suite, told by its number in the report's order. */
    Map<String, String> of(int suite) {
        return suites.getOrDefault(suite, Map.of());
    }
}
