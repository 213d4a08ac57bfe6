package dev.tripline.agent.report;

import dev.tripline.events.OutcomeStatus;
import dev.tripline.service.secrets.SecretMask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a report says about one test, nothing added and secrets masked.
 *
 * @param line line of the report it stands in, from 1
 * @param suite suite as the report names it; null if it names none
 * @param suitesAround names of the report's suites around it that say something, outermost first; may be empty. They tell
 *     tests apart where {@code suite} is not made of them
 * @param className class of the test; null if the report names none
 * @param test name of the test, not blank; null if the outcome stands for its suite
 * @param status the result
 * @param startedAt when it began; null if the report does not say
 * @param endedAt when it ended; null if the report does not say, then it ended when its duration had passed
 * @param duration measured duration, 0 or more; null if the report gives none
 * @param failure how it failed; null if it passed or the report says nothing
 * @param flaky whether it passed only on a retry
 * @param earlierFailures failures of its other attempts as {@link ReportedFailure#summary()} says them; may be empty
 * @param ofSuite whether it stands for its suite: several such are not attempts, and the worst counts
 * @param variant what else tells it from another test of one name in the same run, such as its file; null if nothing does
 * @param quarantined whether its owner put it into quarantine
 * @param environment environment the report names; null if it names none
 * @param location location the report names; null if it names none
 * @param service service the report names; null if it names none
 * @param revision revision the report names; null if it names none
 * @param source source of the run the report names; null if it names none
 * @param run run the report names, 0 or more; null if it names none
 * @param attempt attempt the report names, 1 or more; null if it names none
 * @param probeKind kind of the probe the report names; null if it names none
 * @param agent agent the report names; null if it names none
 * @param tags tags the report gives; may be empty
 * @param attributes further facts; may be empty
 */
public record ReportedOutcome(
        int line,
        @Nullable String suite,
        List<String> suitesAround,
        @Nullable String className,
        @Nullable String test,
        OutcomeStatus status,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Duration duration,
        @Nullable ReportedFailure failure,
        boolean flaky,
        List<String> earlierFailures,
        boolean ofSuite,
        @Nullable String variant,
        boolean quarantined,
        @Nullable String environment,
        @Nullable String location,
        @Nullable String service,
        @Nullable String revision,
        @Nullable String source,
        @Nullable Long run,
        @Nullable Integer attempt,
        @Nullable String probeKind,
        @Nullable String agent,
        List<String> tags,
        Map<String, String> attributes) {
    private static final SecretMask SECRETS = SecretMask.standard();

    /** Masks secrets: all that is published or shown of a test comes through here. */
    public ReportedOutcome {
        // Suites are mostly named after their class, and stand alone: one look tells of all three.
        String around = suite;
        suite = masked(around);
        boolean isPlain = around != null && around.equals(suite);
        suitesAround =
                isPlain && suitesAround.size() == 1 && suitesAround.get(0).equals(around)
                        ? List.copyOf(suitesAround)
                        : masked(suitesAround);
        className = isPlain && Objects.equals(className, around) ? className : masked(className);
        test = masked(test);
        earlierFailures = masked(earlierFailures);
        variant = masked(variant);
        environment = masked(environment);
        location = masked(location);
        service = masked(service);
        revision = masked(revision);
        source = masked(source);
        probeKind = masked(probeKind);
        agent = masked(agent);
        tags = masked(tags);
        attributes = attributes.isEmpty()
                ? Map.of()
                : attributes.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                entry -> SECRETS.mask(entry.getKey()),
                                entry -> SECRETS.maskValue(entry.getKey(), entry.getValue()),
                                (first, second) -> first));
    }

    private static @Nullable String masked(@Nullable String text) {
        return text == null ? null : SECRETS.mask(text);
    }

    private static List<String> masked(List<String> texts) {
        List<String> kept = List.copyOf(texts);
        for (String text : kept) {
            if (!SECRETS.mask(text).equals(text)) {
                return kept.stream().map(SECRETS::mask).toList();
            }
        }
        return kept;
    }
}
