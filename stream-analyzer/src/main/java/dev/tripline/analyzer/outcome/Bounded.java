package dev.tripline.analyzer.outcome;

import java.util.List;
import java.util.function.ToIntFunction;

/** Keeps lists within a number of members and of characters, so that what holds them stays far below a record of Kafka. */
public final class Bounded {
    private Bounded() {}

    /**
     * Returns the longest beginning of a list that is within the bounds; at least its first member, if it has one.
     *
     * @param most members, 1 or more
     * @param mostChars characters of all members together
     * @param chars characters of a member
     */
    public static <T> List<T> first(List<T> all, int most, int mostChars, ToIntFunction<T> chars) {
        int taken = 0;
        long sum = 0;
        for (T each : all) {
            sum += chars.applyAsInt(each);
            if (taken == most || (taken > 0 && sum > mostChars)) {
                break;
            }
            taken++;
        }
        return List.copyOf(all.subList(0, taken));
    }

    /** Returns the longest end of a list that is within the bounds, as {@link #first}. */
    public static <T> List<T> last(List<T> all, int most, int mostChars, ToIntFunction<T> chars) {
        int taken = 0;
        long sum = 0;
        for (int i = all.size() - 1; i >= 0; i--) {
            sum += chars.applyAsInt(all.get(i));
            if (taken == most || (taken > 0 && sum > mostChars)) {
                break;
            }
            taken++;
        }
        return List.copyOf(all.subList(all.size() - taken, all.size()));
    }
}
