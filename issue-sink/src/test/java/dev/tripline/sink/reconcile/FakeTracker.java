package dev.tripline.sink.reconcile;

import dev.tripline.sink.filing.IssueDraft;
import dev.tripline.sink.filing.ListedIssue;
import dev.tripline.sink.tracker.Fault;
import dev.tripline.sink.tracker.IssueTracker;
import dev.tripline.sink.tracker.TrackerReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A tracker in memory that can answer late, wrongly or not at all, and logs every POST. */
public class FakeTracker implements IssueTracker {
    /** What happens to a create. */
    public enum CreateFault {
        NONE,
        LOST,
        DONE_BUT_TIMED_OUT,
        DONE_LATE,
        RATE_LIMITED,
        NOT_SENT,
        REFUSED
    }

    public final List<IssueDraft> posts = new ArrayList<>();

    /** When each edit was asked for, by number. */
    public final Map<String, List<Instant>> edits = new HashMap<>();

    /** Numbers of issues that answer no edit. */
    public final Set<String> uneditable = new HashSet<>();

    /** What is asked of each create; a draft that fits is never created. */
    public Predicate<IssueDraft> uncreatable = draft -> false;

    public final TreeMap<Integer, ListedIssue> issues = new TreeMap<>();
    public final Map<String, List<String>> comments = new HashMap<>();
    /** What it says of the whole. */
    public TrackerReply<String> health = new TrackerReply.Done<>("fake");

    private final String name;
    public CreateFault nextCreate = CreateFault.NONE;
    public Duration lateness = Duration.ZERO;
    public Duration staleness = Duration.ZERO;

    private final InstantSource clock;
    private int lastNumber;
    private final Map<Integer, Instant> createdAt = new HashMap<>();
    private final TreeMap<Instant, List<IssueDraft>> pending = new TreeMap<>();

    public FakeTracker(InstantSource clock) {
        this("fake", clock);
    }

    public FakeTracker(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Instant nextWriteAt() {
        return Instant.MIN;
    }

    @Override
    public TrackerReply<String> check() {
        return health;
    }

    /** Carries out what is due of the late creates. */
    public void carryOutLate() {
        while (!pending.isEmpty() && !pending.firstKey().isAfter(clock.instant())) {
            pending.pollFirstEntry().getValue().forEach(this::add);
        }
    }

    @Override
    public TrackerReply<List<ListedIssue>> listMine() {
        carryOutLate();
        Instant visible = clock.instant().minus(staleness);
        return new TrackerReply.Done<>(issues.entrySet().stream()
                .filter(entry -> !createdAt.get(entry.getKey()).isAfter(visible))
                .map(Map.Entry::getValue)
                .toList());
    }

    @Override
    public TrackerReply<ListedIssue> create(IssueDraft draft) {
        carryOutLate();
        posts.add(draft);
        if (uncreatable.test(draft)) {
            return new TrackerReply.Unknown<>("502 Bad Gateway");
        }
        CreateFault fault = nextCreate;
        nextCreate = CreateFault.NONE;
        return switch (fault) {
            case NONE -> new TrackerReply.Done<>(add(draft));
            case LOST -> new TrackerReply.Unknown<>("timed out");
            case DONE_BUT_TIMED_OUT -> {
                add(draft);
                yield new TrackerReply.Unknown<>("timed out");
            }
            case DONE_LATE -> {
                pending.computeIfAbsent(clock.instant().plus(lateness), at -> new ArrayList<>())
                        .add(draft);
                yield new TrackerReply.Unknown<>("timed out");
            }
            case RATE_LIMITED -> new TrackerReply.RateLimited<>(clock.instant().plusSeconds(60), "secondary limit");
            case NOT_SENT -> new TrackerReply.NotSent<>("no connection");
            case REFUSED -> new TrackerReply.Refused<>(403, "no permission", Fault.OPERATOR);
        };
    }

    private ListedIssue add(IssueDraft draft) {
        int number = ++lastNumber;
        var issue = new ListedIssue(
                Integer.toString(number), "fake:" + number, true, draft.title(), draft.body(), draft.labels(), true);
        issues.put(number, issue);
        createdAt.put(number, clock.instant());
        return issue;
    }

    @Override
    public TrackerReply<ListedIssue> show(String number) {
        return change(number, issue -> issue);
    }

    @Override
    public TrackerReply<List<String>> relabel(String number, List<String> remove, List<String> add) {
        if (!isThere(number)) {
            return missing(number);
        }
        ListedIssue changed = setLabels(
                number,
                Stream.concat(
                                issues.get(Integer.valueOf(number)).labels().stream()
                                        .filter(label -> !remove.contains(label)),
                                add.stream())
                        .distinct()
                        .toList());
        return new TrackerReply.Done<>(changed.labels());
    }

    /** What somebody does who may set our label. */
    public void write(int number, String body, boolean byUs) {
        issues.put(
                number,
                new ListedIssue(Integer.toString(number), "fake:" + number, true, "", body, List.of("tripline"), byUs));
        createdAt.putIfAbsent(number, clock.instant());
        lastNumber = Math.max(lastNumber, number);
    }

    /** What a person does in the list of labels. */
    public ListedIssue setLabels(String number, List<String> labels) {
        return issues.compute(
                Integer.valueOf(number),
                (key, issue) -> new ListedIssue(
                        issue.number(), issue.url(), issue.open(), issue.title(), issue.body(), labels, issue.byUs()));
    }

    @Override
    public TrackerReply<ListedIssue> edit(String number, IssueDraft draft) {
        edits.computeIfAbsent(number, any -> new ArrayList<>()).add(clock.instant());
        if (uneditable.contains(number)) {
            return new TrackerReply.Unknown<>("502 Bad Gateway");
        }
        return change(number, issue -> with(issue, issue.open(), draft));
    }

    @Override
    public TrackerReply<List<String>> comments(String number) {
        if (!isThere(number)) {
            return missing(number);
        }
        return new TrackerReply.Done<>(List.copyOf(comments.getOrDefault(number, List.of())));
    }

    @Override
    public TrackerReply<String> comment(String number, String body) {
        if (!isThere(number)) {
            return missing(number);
        }
        comments.computeIfAbsent(number, any -> new ArrayList<>()).add(body);
        return new TrackerReply.Done<>("fake:" + number);
    }

    @Override
    public TrackerReply<ListedIssue> close(String number, IssueDraft draft) {
        return change(number, issue -> with(issue, false, draft));
    }

    @Override
    public TrackerReply<ListedIssue> closeDuplicate(String number) {
        return setOpen(number, false);
    }

    @Override
    public TrackerReply<ListedIssue> reopen(String number) {
        return setOpen(number, true);
    }

    /** What a person does with a click. */
    public TrackerReply<ListedIssue> setOpen(String number, boolean open) {
        return change(
                number,
                issue -> new ListedIssue(
                        issue.number(), issue.url(), open, issue.title(), issue.body(), issue.labels(), issue.byUs()));
    }

    private static ListedIssue with(ListedIssue issue, boolean open, IssueDraft draft) {
        return new ListedIssue(
                issue.number(), issue.url(), open, draft.title(), draft.body(), issue.labels(), issue.byUs());
    }

    private TrackerReply<ListedIssue> change(String number, UnaryOperator<ListedIssue> change) {
        if (!isThere(number)) {
            return missing(number);
        }
        return new TrackerReply.Done<>(issues.compute(Integer.valueOf(number), (key, issue) -> change.apply(issue)));
    }

    private boolean isThere(String number) {
        return issues.containsKey(Integer.valueOf(number));
    }

    private static <T> TrackerReply<T> missing(String number) {
        return new TrackerReply.Refused<>(404, "no issue " + number, Fault.OPERATOR);
    }
}
