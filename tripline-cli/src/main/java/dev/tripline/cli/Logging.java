package dev.tripline.cli;

import java.util.Set;

/** Chooses how much is logged, before the first logger is made: see {@code logback.xml}. */
final class Logging {
    /** Commands that run until they are stopped; their log is what an operator watches. */
    private static final Set<String> SERVICES = Set.of("dev", "agent", "analyzer", "sink", "registry");

    private Logging() {}

    static void prepare(String[] args) {
        if (args.length > 0 && SERVICES.contains(args[0])) {
            System.setProperty("tripline.log.level", "INFO");
            System.setProperty("tripline.log.pattern", "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %msg%n");
        }
    }
}
