package dev.tripline.agent.report;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the definitions of a report say about its tests, by id. They may stand behind the results, so they are kept from one
 * reading to the next: never more than {@link #MOST_CHARACTERS} of them, which are some 400,000 tests.
 */
final class TestDefinitions {
    /** Most characters of ids and of different names, which take less than 100 MiB with what holds them. */
    static final int MOST_CHARACTERS = 16 << 20;

    private final Map<String, Definition> byId = new HashMap<>();
    private final Map<Definition, Definition> different = new HashMap<>();
    private int characters;
    private boolean whole;

    /**
     * What tells a test.
     *
     * @param className its class; null if it has none
     * @param assembly what tells its assembly from others; null if unknown
     */
    record Definition(@Nullable String className, @Nullable String assembly) {
        private int length() {
            return (className == null ? 0 : className.length()) + (assembly == null ? 0 : assembly.length());
        }
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** Keeps a definition; returns false if there is no more room. */
    boolean put(String id, Definition definition) {
        if (byId.containsKey(id)) {
            return true;
        }
        int more = id.length() + (different.containsKey(definition) ? 0 : definition.length());
        if (more > MOST_CHARACTERS - characters) {
            return false;
        }
        characters += more;
        byId.put(id, different.computeIfAbsent(definition, same -> same));
        return true;
    }

    /** Returns the definition of a test; null if it has none, or none yet. */
    @Nullable
    Definition of(@Nullable String id) {
        return id == null ? null : byId.get(id);
    }

    /** Says that the report was read to its end. */
    void areWhole() {
        whole = true;
    }

    /** Tells whether there are no others in the report. */
    boolean isWhole() {
        return whole;
    }
}
