package dev.tripline.sink.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.sink.filing.IssueDraft;
import dev.tripline.sink.filing.ListedIssue;
import dev.tripline.sink.filing.Markers;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every tracker must do; run by the fake and by each adapter. */
public abstract class IssueTrackerContract {
    private static final IssueDraft DRAFT = new IssueDraft(
            "[HIGH] it: breaks — now",
            "# Body\n\n| a | b |\n|---|---|\n\n---\nnumber: 7\n<!-- tripline:v1 x -->\n",
            List.of("tripline", "severity:high"));

    /** Returns an empty tracker. */
    protected abstract IssueTracker tracker();

    @Test
    void listsWhatItCreatedAsItWasGiven() {
        IssueTracker tracker = tracker();

        ListedIssue created = done(tracker.create(DRAFT));
        ListedIssue second = done(tracker.create(new IssueDraft("two", "body", List.of("tripline"))));

        List<ListedIssue> listed = done(tracker.listMine());
        assertThat(listed).extracting(ListedIssue::number).containsExactlyInAnyOrder(created.number(), second.number());
        ListedIssue first = listed.stream()
                .filter(issue -> issue.number().equals(created.number()))
                .findFirst()
                .orElseThrow();
        assertThat(DRAFT.body()).endsWith(first.body());
        assertThat(first.labels()).containsExactlyElementsOf(DRAFT.labels());
        assertThat(first.open()).isTrue();
        assertThat(ListedIssue.BY_NUMBER.compare(created, second)).isNegative();
    }

    @Test
    void editsTextAndLeavesStateAndLabelsAlone() {
        IssueTracker tracker = tracker();
        String number = done(tracker.create(DRAFT)).number();
        done(tracker.closeDuplicate(number));

        ListedIssue edited = done(tracker.edit(number, new IssueDraft("new", "newer", List.of("tripline", "other"))));

        assertThat(edited.title()).isEqualTo("new");
        assertThat(edited.body()).isEqualTo("newer");
        assertThat(edited.open()).isFalse();
        assertThat(edited.labels()).containsExactlyElementsOf(DRAFT.labels());
    }

    @Test
    void changesTheLabelsItIsToldAndNoOthers() {
        IssueTracker tracker = tracker();
        String number = done(tracker.create(DRAFT)).number();

        List<String> changed = done(tracker.relabel(
                number, List.of("severity:high", "priority:P9"), List.of("severity:critical", "tripline")));

        assertThat(changed).containsExactlyInAnyOrder("tripline", "severity:critical");
        assertThat(done(tracker.relabel(number, List.of("priority:P9"), List.of())))
                .containsExactlyInAnyOrder("tripline", "severity:critical");
        assertThat(done(tracker.show(number)).labels()).containsExactlyInAnyOrder("tripline", "severity:critical");
        assertThat(done(tracker.show(number)).body()).isEqualTo(DRAFT.body());
        assertThat(done(tracker.listMine())).hasSize(1);
    }

    @Test
    void saysOfAnIssueThatItIsNotThereAndOfItselfThatItIs() {
        IssueTracker tracker = tracker();

        assertThat(List.of(
                        tracker.show("99"),
                        tracker.edit("99", DRAFT),
                        tracker.relabel("99", List.of(), List.of("tripline")),
                        tracker.comments("99"),
                        tracker.comment("99", "text"),
                        tracker.close("99", DRAFT),
                        tracker.reopen("99")))
                .allSatisfy(reply -> assertThat(reply)
                        .isInstanceOfSatisfying(
                                TrackerReply.Refused.class,
                                refused -> assertThat(refused.isNotThere()).isTrue()));
        assertThat(tracker.check()).isInstanceOf(TrackerReply.Done.class);
    }

    @Test
    void closesAndOpensAgainAndListsBoth() {
        IssueTracker tracker = tracker();
        String number = done(tracker.create(DRAFT)).number();

        assertThat(done(tracker.close(number, DRAFT)).open()).isFalse();
        assertThat(done(tracker.listMine()))
                .singleElement()
                .extracting(ListedIssue::open)
                .isEqualTo(false);
        assertThat(done(tracker.reopen(number)).open()).isTrue();
        assertThat(done(tracker.listMine()))
                .singleElement()
                .extracting(ListedIssue::open)
                .isEqualTo(true);
    }

    @Test
    void keepsCommentsInOrder() {
        IssueTracker tracker = tracker();
        String number = done(tracker.create(DRAFT)).number();

        done(tracker.comment(number, "first\n\nline"));
        done(tracker.comment(number, "second"));

        assertThat(done(tracker.comments(number))).containsExactly("first\n\nline", "second");
        assertThat(done(tracker.show(number)).body()).isEqualTo(DRAFT.body());
    }

    @Test
    void listsTheMarkerAtTheEndOfALongBody() {
        IssueTracker tracker = tracker();
        String marker = Markers.OPENING + "v1 whatever it says -->";
        done(tracker.create(new IssueDraft("t", "text ".repeat(10_000) + marker + "\nnote", List.of("tripline"))));

        assertThat(done(tracker.listMine()))
                .singleElement()
                .satisfies(issue -> assertThat(issue.body()).contains(marker));
    }

    /** Returns what a call gave, or fails with its reply. */
    protected static <T> T done(TrackerReply<T> reply) {
        assertThat(reply).isInstanceOf(TrackerReply.Done.class);
        return ((TrackerReply.Done<T>) reply).value();
    }
}
