package dev.tripline.agent.report;

/**
 * A detail of a report that counts as not given, or as something else, because it cannot be read or cannot be true.
 *
 * @param line line it stands in, from 1
 * @param field attribute or field, such as {@code timestamp}
 * @param reason why it was passed over
 * @param value what stands there
 */
public record PassedOver(int line, String field, Reason reason, String value) {
    /** Why a detail was passed over. */
    public enum Reason {
        /** It is no time. */
        NO_TIME("is no time"),
        /** It is no duration, or a negative one. */
        NO_DURATION("is no duration"),
        /** It is older than any report. */
        TOO_OLD("is before 2000"),
        /** The report was written before it. */
        TOO_LATE("is later than the file was written"),
        /** It is no word that the format has for a result. */
        NO_RESULT("is no result"),
        /** Something ended before it began. */
        ENDED_TOO_EARLY("is before the begin"),
        /** It is no event, though it begins like one: a test may have printed it. */
        NO_EVENT("is no event of go test", "is passed over"),
        /** XML does not allow the character, or the bytes are none in the report's encoding. */
        NO_CHARACTER("is no character of a report", "is read as U+FFFD"),
        /** Nobody knows the declared encoding. */
        NO_ENCODING("is no known encoding", "is read as UTF-8");

        private final String text;
        private final String consequence;

        Reason(String text) {
            this(text, "counts as not given");
        }

        Reason(String text, String consequence) {
            this.text = text;
            this.consequence = consequence;
        }

        /** Returns what the detail counts as, as the end of a sentence. */
        public String consequence() {
            return consequence;
        }

        /** Returns the reason as the end of a sentence. */
        public String text() {
            return text;
        }
    }
}
