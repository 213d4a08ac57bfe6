package dev.tripline.analyzer.run;

/** How a run of a suite is over. */
public enum RunEnd {
    /** It is not, or whoever told its totals did not say: it is when as many outcomes came as they tell. */
    OPEN,
    /** All outcomes that were published have come. */
    COMPLETE,
    /** Outcomes that were published did not come. */
    INCOMPLETE,
    /** Nobody said how many outcomes were published, and no more came. */
    UNTOLD
}
