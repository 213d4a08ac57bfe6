package dev.tripline.sink.tracker;

import dev.tripline.sink.filing.IssueDraft;
import dev.tripline.sink.filing.ListedIssue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A tracker whose calls are counted by what was asked and how it was answered. */
public final class CountedTracker implements IssueTracker {
    /** Counter of calls; its tags are {@code tracker}, {@code call} and {@code result}. */
    static final String COUNTER = "tripline.sink.tracker.calls";

    private enum Call {
        CHECK,
        LIST,
        CREATE,
        SHOW,
        RELABEL,
        EDIT,
        COMMENTS,
        COMMENT,
        CLOSE,
        CLOSE_DUPLICATE,
        REOPEN
    }

    private enum Result {
        DONE,
        UNKNOWN,
        NOT_SENT,
        RATE_LIMITED,
        REFUSED
    }

    private final IssueTracker tracker;
    private final Map<Call, Map<Result, Counter>> counters = new EnumMap<>(Call.class);

    /**
     * Counts the calls to a tracker. All counters can be seen at once: an alert on the growth of one misses its first call
     * otherwise.
     *
     * @param registry takes the counters, which name the kind of the tracker but neither owner nor repository
     */
    public CountedTracker(IssueTracker tracker, MeterRegistry registry) {
        this.tracker = tracker;
        String kind = tracker.name().split(":", 2)[0];
        for (Call call : Call.values()) {
            Map<Result, Counter> results = new EnumMap<>(Result.class);
            for (Result result : Result.values()) {
                results.put(
                        result,
                        Counter.builder(COUNTER)
                                .description("Calls to the tracker by how they were answered")
                                .tag("tracker", kind)
                                .tag("call", word(call))
                                .tag("result", word(result))
                                .register(registry));
            }
            counters.put(call, results);
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private <T> TrackerReply<T> counted(Call call, TrackerReply<T> reply) {
        Result result = reply.match(
                done -> Result.DONE,
                unknown -> Result.UNKNOWN,
                notSent -> Result.NOT_SENT,
                limited -> Result.RATE_LIMITED,
                refused -> Result.REFUSED);
        Objects.requireNonNull(Objects.requireNonNull(counters.get(call)).get(result))
                .increment();
        return reply;
    }

    @Override
    public String name() {
        return tracker.name();
    }

    @Override
    public Set<String> names() {
        return tracker.names();
    }

    @Override
    public Instant nextWriteAt() {
        return tracker.nextWriteAt();
    }

    @Override
    public TrackerReply<String> check() {
        return counted(Call.CHECK, tracker.check());
    }

    @Override
    public TrackerReply<List<ListedIssue>> listMine() {
        return counted(Call.LIST, tracker.listMine());
    }

    @Override
    public TrackerReply<ListedIssue> create(IssueDraft draft) {
        return counted(Call.CREATE, tracker.create(draft));
    }

    @Override
    public TrackerReply<ListedIssue> show(String number) {
        return counted(Call.SHOW, tracker.show(number));
    }

    @Override
    public TrackerReply<List<String>> relabel(String number, List<String> remove, List<String> add) {
        return counted(Call.RELABEL, tracker.relabel(number, remove, add));
    }

    @Override
    public TrackerReply<ListedIssue> edit(String number, IssueDraft draft) {
        return counted(Call.EDIT, tracker.edit(number, draft));
    }

    @Override
    public TrackerReply<List<String>> comments(String number) {
        return counted(Call.COMMENTS, tracker.comments(number));
    }

    @Override
    public TrackerReply<String> comment(String number, String body) {
        return counted(Call.COMMENT, tracker.comment(number, body));
    }

    @Override
    public TrackerReply<ListedIssue> close(String number, IssueDraft draft) {
        return counted(Call.CLOSE, tracker.close(number, draft));
    }

    @Override
    public TrackerReply<ListedIssue> closeDuplicate(String number) {
        return counted(Call.CLOSE_DUPLICATE, tracker.closeDuplicate(number));
    }

    @Override
    public TrackerReply<ListedIssue> reopen(String number) {
        return counted(Call.REOPEN, tracker.reopen(number));
    }
}
