package dev.tripline.service;

import java.util.List;

/** A configuration that cannot be used, with everything that must be fixed. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String source;
    private final List<String> problems;

    /**
     * @param source file or other name the operator knows the configuration by
     * @param problems lines {@code path: rule, got value}, without secrets; at least one
     */
    public ConfigException(String source, List<String> problems) {
        super(source + " cannot be used:" + System.lineSeparator() + "  "
                + String.join(System.lineSeparator() + "  ", problems));
        this.source = source;
        this.problems = List.copyOf(problems);
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
