package dev.tripline.agent.probe.command;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment variables of a command. The agent's own hold what its operator configured it with, passwords among it, and
 * whoever writes a test could publish them in its output: so a command gets a few that say nothing secret, and what the
 * operator names.
 */
public final class Variables {
    private static final Set<String> HARMLESS = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "LANG",
            "LANGUAGE",
            "TZ",
            "TERM",
            "TMPDIR",
            "JAVA_HOME",
            "SSL_CERT_DIR",
            "SSL_CERT_FILE");

    private static final String LOCALE = "LC_";

    private Variables() {}

    /**
     * Returns the variables of a command.
     *
     * @param own the agent's
     * @param passed names of those it hands on; one that is not set is left out
     * @param added those of the probe; they win
     */
    public static Map<String, String> of(Map<String, String> own, List<String> passed, Map<String, String> added) {
        var variables = new TreeMap<String, String>();
        own.forEach((name, value) -> {
            if (HARMLESS.contains(name) || name.startsWith(LOCALE) || passed.contains(name)) {
                variables.put(name, value);
            }
        });
        variables.putAll(added);
        return variables;
    }
}
