package dev.tripline.service;

import dev.tripline.service.secrets.Disclosure;
import java.util.ConcurrentModificationException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What an operator is told of a failure: one line for what the world does to us, and the trace only for what is our own
 * mistake. The trace of the others is logged at debug.
 *
 * @param line what failed and why, on one line: the message, and that of the first cause if it says something else;
 *     without secrets and control characters
 * @param isOurs whether it is a mistake in the program, whose report needs the trace
 */
public record FailureReport(String line, boolean isOurs) {
    /** What no state of the world outside explains. */
    private static final Set<Class<? extends Throwable>> MISTAKES = Set.of(
            NullPointerException.class,
            ClassCastException.class,
            IndexOutOfBoundsException.class,
            ArithmeticException.class,
            ArrayStoreException.class,
            NegativeArraySizeException.class,
            ConcurrentModificationException.class,
            LinkageError.class,
            AssertionError.class,
            StackOverflowError.class);

    /** How deep causes are followed, should one of them be among its own. */
    private static final int DEEPEST = 20;

    /** Sorts a failure by it and its causes. */
    public static FailureReport of(Throwable failure) {
        boolean ours = false;
        Throwable first = failure;
        @Nullable Throwable each = failure;
        for (int depth = 0; each != null && depth < DEEPEST; depth++) {
            ours |= isMistake(each);
            first = each;
            each = each.getCause();
        }
        String outer = text(failure);
        String inner = text(first);
        return new FailureReport(outer.contains(inner) ? outer : outer + " (" + inner + ")", ours);
    }

    /** Logs a failure as an error. */
    public static void log(Logger log, String what, Throwable failure) {
        FailureReport report = of(failure);
        if (report.isOurs()) {
            log.error("{}: {}; this is a mistake in Tripline, please report it", what, report.line(), failure);
        } else {
            log.error("{}: {}", what, report.line());
            log.debug("{}", what, failure);
        }
    }

    private static boolean isMistake(Throwable failure) {
        return MISTAKES.stream().anyMatch(mistake -> mistake.isInstance(failure));
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        String text = message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
        return Disclosure.line(text.strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
