package dev.tripline.agent.report;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a failure says: the type of the error and its message, from wherever the report gives them.
 *
 * @param type type of the error, one line; null if the report names none
 * @param message what went wrong; blank only if the report says nothing else than the type
 */
record FailureHeadline(@Nullable String type, String message) {
    /** Where a writer of reports puts one of these, the framework gave no type. In lower case. */
    private static final Set<String> NO_TYPES = Set.of(
            "",
            "fail",
            "failed",
            "failure",
            "failures",
            "pytest",
            "junit",
            "jest",
            "none",
            "null",
            "nil",
            "undefined",
            "unknown");

    private static final String BARE = "Error: ";

    private static final List<String> PHASES_OF_PYTEST =
            List.of("failed on setup with \"", "failed on teardown with \"");

    /**
     * Takes the message where it says why, else the first failing lines of the text, else the place where it failed.
     *
     * @param type type as the report gives it, of one or many lines; null if it gives none
     * @param message message as the report gives it; empty if it gives none
     * @param text longer text of the failure; null if there is none
     * @param test name of the test; null if unknown
     */
    static FailureHeadline of(@Nullable String type, String message, @Nullable String text, @Nullable String test) {
        FailureHeadline given = ofType(type);
        var lines = new Lines(text == null ? List.of() : TextOfFailure.lines(text));
        String said = given.within(message.isBlank() ? given.message() : ofMessage(message));
        FailureHeadline first = new FailureHeadline(given.type(), "").with(said);
        FailureHeadline best = first.isVague(test)
                ? first.from(lines, test)
                : first.unfolded(lines).typedBy(lines);
        return best.withCause(StackFrames.cause(lines.all));
    }

    /** Takes the first line of what stands for a type, which may be a type and a message. */
    private static FailureHeadline ofType(@Nullable String type) {
        String line =
                type == null ? "" : type.strip().lines().findFirst().orElse("").strip();
        if (NO_TYPES.contains(line.toLowerCase(Locale.ROOT)) || line.equals("error") || line.equals("ERROR")) {
            return new FailureHeadline(null, "");
        }
        TypedText typed = TypedText.of(line);
        return typed.type() == null ? new FailureHeadline(line, "") : new FailureHeadline(typed.type(), typed.rest());
    }

    /** A message of many lines may be a whole text; one of pytest may stand in quotes. */
    private static String ofMessage(String message) {
        for (String phase : PHASES_OF_PYTEST) {
            if (message.startsWith(phase)) {
                String quoted = message.substring(phase.length());
                return quoted.endsWith("\"") ? quoted.substring(0, quoted.length() - 1) : quoted;
            }
        }
        if (message.indexOf('\n') < 0) {
            return message;
        }
        List<String> lines = TextOfFailure.lines(message);
        List<String> marked = FailingLines.marked(lines);
        if (marked.isEmpty() && lines.stream().map(String::strip).anyMatch(StackFrames::isFrame)) {
            marked = FailingLines.of(lines);
        }
        return marked.isEmpty() ? message : String.join("\n", marked);
    }

    /** Takes off a repetition of the type. */
    private String within(String said) {
        if (type == null) {
            return said;
        }
        if (said.startsWith(type + ": ")) {
            return said.substring(type.length() + 2);
        }
        TypedText typed = TypedText.of(said.strip());
        if (typed.type() != null && isSame(typed.type(), type)) {
            return typed.rest();
        }
        return isSame(said.strip(), type) ? "" : said;
    }

    /** Tells whether two types are one, of which one may be given without its package. */
    private static boolean isSame(String one, String other) {
        return one.equals(other)
                || (!one.isEmpty() && other.endsWith("." + one))
                || (!other.isEmpty() && one.endsWith("." + other));
    }

    /** Returns the type given, else that of a text, with what the text says. */
    private FailureHeadline with(String said) {
        if (type != null) {
            String rest = within(said);
            // With a type of its own beside it, the bare "Error" of JavaScript says nothing.
            return new FailureHeadline(type, rest.startsWith(BARE) ? rest.substring(BARE.length()) : rest);
        }
        TypedText typed = TypedText.of(said);
        return new FailureHeadline(typed.type(), typed.rest().isBlank() ? "" : typed.rest());
    }

    private boolean isVague(@Nullable String test) {
        return VagueMessage.is(message, test);
    }

    /** Says what the text says, if it says more. */
    private FailureHeadline from(Lines lines, @Nullable String test) {
        // A process may print anything before it ends; that is no message unless it is known for one.
        List<String> failing = VagueMessage.isExitCode(message) ? FailingLines.marked(lines.all) : lines.failing();
        FailureHeadline found = with(String.join("\n", failing));
        if (!found.isVague(test)) {
            return found;
        }
        if (VagueMessage.isExitCode(message)) {
            return this;
        }
        List<String> plain = lines.all.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        String place = StackFrames.place(plain);
        String rest = !message.isBlank() ? message : !found.message().isBlank() ? found.message() : null;
        if (place != null) {
            return new FailureHeadline(found.type(), place);
        }
        if (rest != null) {
            return new FailureHeadline(found.type(), rest);
        }
        boolean onlyType =
                plain.isEmpty() || (found.type() != null && plain.get(0).startsWith(found.type()));
        return new FailureHeadline(found.type(), onlyType ? "" : plain.get(0));
    }

    /**
     * Takes the lines of the text where the message is the same text with its lines joined, as XML gives attributes whose line
     * breaks were written as they are.
     */
    private FailureHeadline unfolded(Lines lines) {
        String said = message.strip();
        if (lines.all.isEmpty() || said.indexOf('\n') >= 0) {
            return this;
        }
        FailureHeadline found = with(String.join("\n", lines.failing()));
        int end = found.message().indexOf('\n');
        boolean joined = end > 0
                && said.length() > end
                && said.startsWith(found.message().substring(0, end) + " ");
        return joined ? found : this;
    }

    /** Takes the type from the text where that says the same. */
    private FailureHeadline typedBy(Lines lines) {
        if (type != null || lines.all.isEmpty()) {
            return this;
        }
        List<String> failing = lines.failing();
        TypedText typed = TypedText.of(failing.isEmpty() ? "" : failing.get(0));
        String begin = message.strip().lines().findFirst().orElse("").strip();
        return typed.type() != null && typed.rest().strip().equals(begin)
                ? new FailureHeadline(typed.type(), message)
                : this;
    }

    /** Adds the innermost cause, by which failures of one wrapper differ. */
    private FailureHeadline withCause(@Nullable String cause) {
        if (cause == null) {
            return this;
        }
        String why = TypedText.of(cause.substring("Caused by: ".length())).rest();
        return message.contains(why) && !why.isBlank()
                ? this
                : new FailureHeadline(type, message.isEmpty() ? cause : message.stripTrailing() + "\n" + cause);
    }

    /** Lines of the text of a failure, looked through once. */
    private static final class Lines {
        private final List<String> all;
        private @Nullable List<String> failing;

        Lines(List<String> all) {
            this.all = all;
        }

        List<String> failing() {
            failing = failing == null ? FailingLines.of(all) : failing;
            return failing;
        }
    }
}
