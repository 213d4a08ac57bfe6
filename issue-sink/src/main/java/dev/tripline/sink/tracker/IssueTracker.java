package dev.tripline.sink.tracker;

import dev.tripline.sink.filing.IssueDraft;
import dev.tripline.sink.filing.ListedIssue;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * An issue tracker. Each method sends one call (a list: one for each page) and never repeats it: whether to try again is
 * the caller's decision. None throws for what a tracker or network does. Used by one thread.
 */
public interface IssueTracker {
    /** Returns its name in records and logs, such as {@code github:acme/shop}; stable across restarts. */
    String name();

    /** Returns its name and the names it had before: markers that were signed for one of them are believed. */
    default Set<String> names() {
        return Set.of(name());
    }

    /** Returns when it takes the next write at the earliest; {@link Instant#MIN} if at once. */
    Instant nextWriteAt();

    /**
     * Checks that issues can be filed, before the first one is. Answers {@link TrackerReply.Refused} with what the
     * operator must do if they cannot.
     */
    TrackerReply<String> check();

    /**
     * Lists all issues with our label, open and closed, each with at least the end of its body from the last marker on; titles
     * may be left out. Answered only if the list is complete.
     */
    TrackerReply<List<ListedIssue>> listMine();

    /** Creates an issue. */
    TrackerReply<ListedIssue> create(IssueDraft draft);

    /** Returns an issue as it is now. */
    TrackerReply<ListedIssue> show(String number);

    /**
     * Puts labels on an issue, then takes others off; all others stay. One call for each label taken off.
     *
     * @param remove labels to take off; those it has not are passed over
     * @param add labels to put on; those it has are passed over
     * @return labels it has then
     */
    TrackerReply<List<String>> relabel(String number, List<String> remove, List<String> add);

    /** Writes title and body; state and labels stay as people left them. */
    TrackerReply<ListedIssue> edit(String number, IssueDraft draft);

    /** Returns the texts of an issue's comments, oldest first; of a long one perhaps no more than its last marker. */
    TrackerReply<List<String>> comments(String number);

    /** Adds a comment. */
    TrackerReply<String> comment(String number, String body);

    /** Writes title and body and closes the issue as completed. */
    TrackerReply<ListedIssue> close(String number, IssueDraft draft);

    /** Closes an issue as not planned and leaves its text as it is. */
    TrackerReply<ListedIssue> closeDuplicate(String number);

    /** Opens a closed issue again. */
    TrackerReply<ListedIssue> reopen(String number);
}
