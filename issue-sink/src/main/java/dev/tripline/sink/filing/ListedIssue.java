package dev.tripline.sink.filing;

import java.util.Comparator;
import java.util.List;

/**
 * An issue as the tracker shows it.
 *
 * @param number its number or key
 * @param url its page
 * @param open whether it is open
 * @param title its title
 * @param body its body; empty if it has none
 * @param labels names of its labels
 * @param byUs whether the sink's account created it, as far as the tracker tells; true where trackers have no accounts
 */
public record ListedIssue(
        String number, String url, boolean open, String title, String body, List<String> labels, boolean byUs) {
    /** Oldest first: of several issues of one incident, the one with the lowest number stays. */
    public static final Comparator<ListedIssue> BY_NUMBER =
            Comparator.comparing(ListedIssue::number, ListedIssue::compareNumbers);

    public ListedIssue {
        labels = List.copyOf(labels);
    }

    /** Compares numbers without leading zeros by value, and keys of one project by their counter. */
    static int compareNumbers(String a, String b) {
        return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
    }
}
