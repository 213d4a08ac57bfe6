package dev.tripline.events;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on the text of records, in characters as Java counts them (UTF-16). Whoever writes a test chooses its name and its
 * output; what is longer is cut where it enters, and again by the analyzer for what others publish, so that both see one
 * name. A cut name ends with {@code …} and twelve hexadecimal digits of the whole, so that two long names stay two; other
 * text ends with {@code …}. Cutting twice changes nothing; a surrogate pair is never parted.
 */
public final class TextBounds {
    /** Of an environment, location, service, revision, agent, kind of probe, tag or name of an attribute. */
    public static final int WORD = 256;

    /** Of a suite, class, test, source, type of a failure or value of an attribute. */
    public static final int NAME = 1_024;

    /** Of a failure's message. */
    public static final int MESSAGE = 16 * 1024;

    /** Of a failure's details. */
    public static final int DETAILS = 64 * 1024;

    /** Of a URL; a longer one is left out, because a part of it leads nowhere. */
    public static final int URL = 2_048;

    /** Of one earlier failure. */
    public static final int EARLIER_FAILURE = 2_048;

    /** Earlier failures of one outcome; the first are kept. */
    public static final int EARLIER_FAILURES = 10;

    /** Tags of one outcome or run; the first are kept. */
    public static final int TAGS = 100;

    /** Attributes of one outcome; the first by name are kept. */
    public static final int ATTRIBUTES = 100;

    private static final String MARK = "…";
    private static final int DIGEST_BYTES = 6;

    static {
        TrustedRecords.trust();
    }

    private TextBounds() {}

    /** Returns an outcome within the bounds; the same one if it is within them. */
    public static TestOutcome bounded(TestOutcome outcome) {
        if (fits(outcome)) {
            return outcome;
        }
        return TestOutcome.newBuilder(outcome)
                .setEnvironment(name(outcome.getEnvironment(), WORD))
                .setSuite(name(outcome.getSuite(), NAME))
                .setClassName(name(outcome.getClassName(), NAME))
                .setTest(name(outcome.getTest(), NAME))
                .setLocation(name(outcome.getLocation(), WORD))
                .setSource(name(outcome.getSource(), NAME))
                .setFailure(failure(outcome.getFailure()))
                .setService(nameOrNull(outcome.getService(), WORD))
                .setRevision(nameOrNull(outcome.getRevision(), WORD))
                .setProbeKind(name(outcome.getProbeKind(), WORD))
                .setAgent(nameOrNull(outcome.getAgent(), WORD))
                .setTags(tags(outcome.getTags()))
                .setEarlierFailures(outcome.getEarlierFailures().stream()
                        .limit(EARLIER_FAILURES)
                        .map(failure -> text(failure, EARLIER_FAILURE))
                        .toList())
                .setAttributes(attributes(outcome.getAttributes()))
                .build();
    }

    /** Returns a suite run within the bounds; the same one if it is within them. */
    public static SuiteRun bounded(SuiteRun run) {
        if (fits(run)) {
            return run;
        }
        return SuiteRun.newBuilder(run)
                .setEnvironment(name(run.getEnvironment(), WORD))
                .setSuite(name(run.getSuite(), NAME))
                .setLocation(name(run.getLocation(), WORD))
                .setSource(name(run.getSource(), NAME))
                .setService(nameOrNull(run.getService(), WORD))
                .setRevision(nameOrNull(run.getRevision(), WORD))
                .setProbeKind(name(run.getProbeKind(), WORD))
                .setAgent(nameOrNull(run.getAgent(), WORD))
                .setTags(tags(run.getTags()))
                .build();
    }

    /** Returns a deployment within the bounds; the same one if it is within them. */
    public static Deployment bounded(Deployment deployment) {
        if (fits(deployment)) {
            return deployment;
        }
        return Deployment.newBuilder(deployment)
                .setEnvironment(name(deployment.getEnvironment(), WORD))
                .setService(name(deployment.getService(), WORD))
                .setRevision(name(deployment.getRevision(), WORD))
                .setReportedBy(nameOrNull(deployment.getReportedBy(), WORD))
                .setUrl(fits(deployment.getUrl(), URL) ? deployment.getUrl() : null)
                .build();
    }

    /**
     * Cuts what tells things apart.
     *
     * @param limit characters of what is returned, with its mark; at least 32
     */
    public static String name(String name, int limit) {
        if (name.length() <= limit) {
            return name;
        }
        String mark = MARK + digest(name);
        return beginning(name, limit - mark.length()) + mark;
    }

    /**
     * Cuts what is only read.
     *
     * @param limit characters of what is returned, with its mark; at least 1
     */
    public static String text(String text, int limit) {
        return text.length() <= limit ? text : beginning(text, limit - MARK.length()) + MARK;
    }

    /** Tells whether what names a version of rules is within {@link #WORD}; it is not cut, because nothing else has that name. */
    public static boolean isWithin(RuleSet rules) {
        return fits(rules.getVersion(), WORD) && fits(rules.getPublishedBy(), WORD);
    }

    /** Told without a copy: nearly all fit. */
    private static boolean fits(TestOutcome outcome) {
        @Nullable Failure failure = outcome.getFailure();
        return fits(outcome.getEnvironment(), WORD)
                && fits(outcome.getSuite(), NAME)
                && fits(outcome.getClassName(), NAME)
                && fits(outcome.getTest(), NAME)
                && fits(outcome.getLocation(), WORD)
                && fits(outcome.getSource(), NAME)
                && (failure == null
                        || (fits(failure.getType(), NAME)
                                && fits(failure.getMessage(), MESSAGE)
                                && fits(failure.getDetails(), DETAILS)))
                && fits(outcome.getService(), WORD)
                && fits(outcome.getRevision(), WORD)
                && fits(outcome.getProbeKind(), WORD)
                && fits(outcome.getAgent(), WORD)
                && fits(outcome.getTags(), TAGS, WORD)
                && fits(outcome.getEarlierFailures(), EARLIER_FAILURES, EARLIER_FAILURE)
                && fits(outcome.getAttributes().keySet(), ATTRIBUTES, WORD)
                && fits(outcome.getAttributes().values(), ATTRIBUTES, NAME);
    }

    private static boolean fits(SuiteRun run) {
        return fits(run.getEnvironment(), WORD)
                && fits(run.getSuite(), NAME)
                && fits(run.getLocation(), WORD)
                && fits(run.getSource(), NAME)
                && fits(run.getService(), WORD)
                && fits(run.getRevision(), WORD)
                && fits(run.getProbeKind(), WORD)
                && fits(run.getAgent(), WORD)
                && fits(run.getTags(), TAGS, WORD);
    }

    private static boolean fits(Deployment deployment) {
        return fits(deployment.getEnvironment(), WORD)
                && fits(deployment.getService(), WORD)
                && fits(deployment.getRevision(), WORD)
                && fits(deployment.getReportedBy(), WORD)
                && fits(deployment.getUrl(), URL);
    }

    private static boolean fits(@Nullable String text, int limit) {
        return text == null || text.length() <= limit;
    }

    private static boolean fits(Collection<String> texts, int count, int limit) {
        if (texts.isEmpty()) {
            return true; // mostly, and an iterator would be made for nothing
        }
        if (texts.size() > count) {
            return false;
        }
        for (String text : texts) {
            if (!fits(text, limit)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String nameOrNull(@Nullable String name, int limit) {
        return name == null ? null : name(name, limit);
    }

    private static @Nullable Failure failure(@Nullable Failure failure) {
        if (failure == null) {
            return null;
        }
        String message = text(failure.getMessage(), MESSAGE);
        @Nullable String details = failure.getDetails() == null ? null : text(failure.getDetails(), DETAILS);
        boolean cut = !message.equals(failure.getMessage()) || !Objects.equals(details, failure.getDetails());
        return Failure.newBuilder(failure)
                .setType(nameOrNull(failure.getType(), NAME))
                .setMessage(message)
                .setDetails(details)
                .setTruncated(failure.getTruncated() || cut)
                .build();
    }

    private static List<String> tags(List<String> tags) {
        return tags.stream().limit(TAGS).map(tag -> name(tag, WORD)).toList();
    }

    private static Map<String, String> attributes(Map<String, String> attributes) {
        var bounded = new TreeMap<String, String>();
        new TreeMap<>(attributes)
                .entrySet().stream()
                        .limit(ATTRIBUTES)
                        .forEach(each -> bounded.put(name(each.getKey(), WORD), text(each.getValue(), NAME)));
        return bounded;
    }

    private static String beginning(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    private static String digest(String whole) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
