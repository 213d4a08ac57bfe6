package dev.tripline.agent.ingest;

import dev.tripline.agent.report.ReportFormat;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says about reports; each overrides what the report itself says.
 *
 * @param environment where the target runs; null leaves it to the report, then {@link #DEFAULT_ENVIRONMENT}
 * @param location where the tests ran from; null leaves it to the report, then {@link #DEFAULT_LOCATION}
 * @param suite suite of all outcomes; null leaves it to the report, then the file's name without its ending
 * @param service service that was tested; null leaves it to the report, then unknown
 * @param revision build that was live; null leaves it to the report, then unknown
 * @param startedAt when outcomes without a time of their own begin; null: they end when the file was last written, and
 *     a file of JSON lines must say when
 * @param zone zone of times in reports that name none; null: the system's, and UTC in JSON lines
 * @param buildUrl page of the build that ran the tests; null leaves it to the report
 * @param reportUrl page with the report; null leaves it to the report
 * @param format format of all reports; null: the content of each tells
 */
public record IngestOptions(
        @Nullable String environment,
        @Nullable String location,
        @Nullable String suite,
        @Nullable String service,
        @Nullable String revision,
        @Nullable Instant startedAt,
        @Nullable ZoneId zone,
        @Nullable String buildUrl,
        @Nullable String reportUrl,
        @Nullable ReportFormat format) {
    /** Environment of an outcome when nobody names one. */
    public static final String DEFAULT_ENVIRONMENT = "default";

    /** Location of an outcome when nobody names one. */
    public static final String DEFAULT_LOCATION = "local";

    /** Leaves the format to the reports. */
    public IngestOptions(
            @Nullable String environment,
            @Nullable String location,
            @Nullable String suite,
            @Nullable String service,
            @Nullable String revision,
            @Nullable Instant startedAt,
            @Nullable ZoneId zone,
            @Nullable String buildUrl,
            @Nullable String reportUrl) {
        this(environment, location, suite, service, revision, startedAt, zone, buildUrl, reportUrl, null);
    }

    /** Leaves everything to the reports. */
    public static IngestOptions none() {
        return new IngestOptions(null, null, null, null, null, null, null, null, null);
    }

    /** Returns the same with a format of all reports; null: the content of each tells. */
    public IngestOptions withFormat(@Nullable ReportFormat of) {
        return new IngestOptions(
                environment, location, suite, service, revision, startedAt, zone, buildUrl, reportUrl, of);
    }
}
