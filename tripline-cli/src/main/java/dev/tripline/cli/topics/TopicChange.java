package dev.tripline.cli.topics;

import org.jspecify.annotations.Nullable;

/** One step from what is to what should be. */
public sealed interface TopicChange {
    /** Returns the change in one line: {@code +} for what is new, {@code ~} for what gets another value. */
    String line();

    /** A topic that is not there. */
    record Create(WantedTopic topic) implements TopicChange {
        @Override
        public String line() {
            return "+ topic " + topic.name() + ": " + topic.description();
        }
    }

    /** A setting that has another value. */
    record Alter(String topic, String setting, @Nullable String from, String to) implements TopicChange {
        @Override
        public String line() {
            return "~ topic " + topic + ": " + setting + " " + (from == null ? "none" : from) + " -> " + to;
        }
    }

    /** Partitions that are missing. */
    record Grow(String topic, int from, int to) implements TopicChange {
        @Override
        public String line() {
            return "~ topic " + topic + ": partitions " + from + " -> " + to;
        }
    }

    /** A compatibility level that is another one; null if the subject has none of its own. */
    record Guard(String subject, @Nullable String from, String to) implements TopicChange {
        @Override
        public String line() {
            return "~ subject " + subject + ": compatibility " + (from == null ? "none of its own" : from) + " -> "
                    + to;
        }
    }

    /** A schema the registry does not have. */
    record Register(String subject, String schema) implements TopicChange {
        @Override
        public String line() {
            return "+ subject " + subject + ": schema " + schema;
        }
    }
}
