package dev.tripline.sink.filing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the labels of one issue follow its incident. Labels with a colon, such as {@code severity:high}, are one choice each:
 * the part before the colon names it. A choice the sink made is changed; one that a person made stays.
 *
 * @param remove labels to take off
 * @param add labels to put on
 * @param set labels the sink has set once this is done; of a person's choice the one it set before
 * @param kept names of the choices a person made
 */
public record LabelChange(List<String> remove, List<String> add, List<String> set, List<String> kept) {
    public LabelChange {
        remove = List.copyOf(remove);
        add = List.copyOf(add);
        set = List.copyOf(set);
        kept = List.copyOf(kept);
    }

    /** Returns the change of an issue whose labels are as they should be. */
    public static LabelChange none(List<String> set) {
        return new LabelChange(List.of(), List.of(), set, List.of());
    }

    /**
     * Decides what to change. Trackers tell labels apart without their case, and show them as they were first written.
     *
     * @param shown labels of the issue now
     * @param last labels the sink set; empty if unknown, when a single label of a choice counts as the sink's
     * @param wanted labels the issue would be created with now
     */
    public static LabelChange between(List<String> shown, List<String> last, List<String> wanted) {
        var remove = new ArrayList<String>();
        var add = new ArrayList<String>();
        var set = new ArrayList<String>();
        var kept = new ArrayList<String>();
        for (String label : wanted) {
            int colon = label.indexOf(':');
            List<String> chosen = colon < 0 ? List.of(label) : choice(shown, label.substring(0, colon + 1));
            List<String> ours = colon < 0
                    ? List.of(label)
                    : last.isEmpty() && chosen.size() == 1 ? chosen : choice(last, label.substring(0, colon + 1));
            if (chosen.size() == 1 && chosen.get(0).equalsIgnoreCase(label)) {
                set.add(label);
            } else if (!ours.isEmpty() && isSame(without(chosen, label), ours)) {
                // Both at once are a change of ours that was cut off half way.
                remove.addAll(ours);
                if (chosen.stream().noneMatch(label::equalsIgnoreCase)) {
                    add.add(label);
                }
                set.add(label);
            } else {
                kept.add(label.substring(0, colon));
                set.addAll(ours);
            }
        }
        return new LabelChange(remove, add, set, kept);
    }

    private static boolean isSame(List<String> some, List<String> others) {
        return some.size() == others.size()
                && IntStream.range(0, some.size()).allMatch(i -> some.get(i).equalsIgnoreCase(others.get(i)));
    }

    private static List<String> without(List<String> labels, String label) {
        return labels.stream().filter(other -> !other.equalsIgnoreCase(label)).toList();
    }

    private static List<String> choice(List<String> labels, String prefix) {
        return labels.stream()
                .filter(label -> label.regionMatches(true, 0, prefix, 0, prefix.length()))
                .toList();
    }

    /** Tells whether the tracker need not be told. */
    public boolean isEmpty() {
        return remove.isEmpty() && add.isEmpty();
    }

    /** Says which labels a person changed; empty if none. */
    public String note() {
        return kept.isEmpty() ? "" : "labels changed by a person stay: " + String.join(", ", kept);
    }
}
