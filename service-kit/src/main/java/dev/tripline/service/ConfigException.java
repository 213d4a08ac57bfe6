package dev.tripline.service;

import dev.tripline.service.secrets.Disclosure;
import dev.tripline.service.secrets.KnownSecrets;
import dev.tripline.service.text.Controls;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with everything that must be fixed. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Stands before the value in a problem. */
    static final String GOT = ", got ";

    private final String source;
    private final List<String> problems;

    /**
     * @param source file or other name the operator knows the configuration by
     * @param problems lines {@code path: rule, got value}; at least one. Secrets that this process was given are masked in them,
     *     and control characters are escaped
     */
    public ConfigException(String source, List<String> problems) {
        super(message(source, problems));
        this.source = source;
        this.problems = problems.stream().map(ConfigException::shown).toList();
    }

    private static String message(String source, List<String> problems) {
        return problems.stream()
                .map(ConfigException::shown)
                .collect(Collectors.joining(
                        System.lineSeparator() + "  ",
                        shown(source) + " cannot be used:" + System.lineSeparator() + "  ",
                        ""));
    }

    /** What looks like a secret is one in the value only: in "password: is required" nothing is. */
    private static String shown(String problem) {
        int got = problem.indexOf(GOT);
        String known = got < 0
                ? KnownSecrets.process().mask(problem)
                : KnownSecrets.process().mask(problem.substring(0, got)) + Disclosure.masked(problem.substring(got));
        return Controls.escape(known);
    }

    /** Returns the file or other name of the configuration. */
    public String source() {
        return source;
    }

    /** Returns what must be fixed, one line each, in the order of the file. */
    public List<String> problems() {
        return problems;
    }
}
