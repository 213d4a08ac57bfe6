package dev.tripline.analyzer.series;

import dev.tripline.analyzer.rate.RateLedger;

/** All that one series remembers between its outcomes. Mutable; not for several threads. */
public final class SeriesState {
    private static final int NONE = -1;

    private int number;
    private final RateLedger rates;
    private final AbsenceWatch absences;

    /** Makes the state of a series without outcomes. */
    SeriesState(RateLedger rates, AbsenceWatch absences) {
        this(NONE, rates, absences);
    }

    /**
     * Restores a state.
     *
     * @param number its number within its suite, 0 or more
     * @param rates its rates
     * @param absences patterns it failed with that stay away
     */
    public SeriesState(int number, RateLedger rates, AbsenceWatch absences) {
        this.number = number;
        this.rates = rates;
        this.absences = absences;
    }

    /** Its number within its suite; negative before its first outcome. */
    public int number() {
        return number;
    }

    void number(int given) {
        number = given;
    }

    public RateLedger rates() {
        return rates;
    }

    public AbsenceWatch absences() {
        return absences;
    }
}
