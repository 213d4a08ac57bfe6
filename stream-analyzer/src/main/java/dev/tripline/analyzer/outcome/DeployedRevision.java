package dev.tripline.analyzer.outcome;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The moment a build of a service went live.
 *
 * @param reportedBy who said so; null if unknown
 * @param url page of the deployment; null if there is none
 */
public record DeployedRevision(
        String service,
        String revision,
        Instant deployedAt,
        @Nullable String reportedBy,
        @Nullable String url) {
    /** By time, then by service and revision. */
    public static final Comparator<DeployedRevision> BY_TIME = Comparator.comparing(DeployedRevision::deployedAt)
            .thenComparing(DeployedRevision::service)
            .thenComparing(DeployedRevision::revision);

    /** Returns how many characters it holds. */
    public int chars() {
        return service.length()
                + revision.length()
                + (reportedBy == null ? 0 : reportedBy.length())
                + (url == null ? 0 : url.length());
    }

    /** Tells whether both speak of the same build of the same service at the same time. */
    public boolean isSameAs(DeployedRevision other) {
        return BY_TIME.compare(this, other) == 0;
    }
}
