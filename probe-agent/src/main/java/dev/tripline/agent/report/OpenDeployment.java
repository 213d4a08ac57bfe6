package dev.tripline.agent.report;

import dev.tripline.events.Deployment;
import dev.tripline.events.TextBounds;
import dev.tripline.service.secrets.SecretMask;
import org.jspecify.annotations.Nullable;

/** Makes of a deployment, as a file or a command line says it, one that may be published. */
public final class OpenDeployment {
    private OpenDeployment() {}

    /**
     * Returns a deployment with secrets masked and texts cut to their bounds. Environment and service are masked as those of
     * outcomes are, so that they still meet.
     */
    public static Deployment of(Deployment said) {
        return TextBounds.bounded(Deployment.newBuilder(said)
                .setEnvironment(SecretMask.standard().mask(said.getEnvironment()))
                .setService(SecretMask.standard().mask(said.getService()))
                .setRevision(SecretMask.standard().mask(said.getRevision()))
                .setReportedBy(masked(said.getReportedBy()))
                .setUrl(masked(said.getUrl()))
                .build());
    }

    private static @Nullable String masked(@Nullable String text) {
        return text == null ? null : SecretMask.standard().mask(text);
    }
}
