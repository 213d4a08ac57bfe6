package dev.tripline.analyzer.series;

import dev.tripline.analyzer.rate.RateLedger;

/**
 * All that one series remembers between its outcomes. Its parts are mutable.
 *
 * @param counted which runs were counted
 * @param rates its rates
 * @param absences patterns it failed with that stay away
 */
public record SeriesState(CountedRuns counted, RateLedger rates, AbsenceWatch absences) {}
