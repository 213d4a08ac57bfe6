package dev.tripline.events.testing;

import dev.tripline.events.Deployment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Builder of deployments; see {@link Events#deployment()} for what it begins with. */
public final class DeploymentBuilder {
    private final Deployment.Builder deployment = Deployment.newBuilder()
            .setEnvironment("staging")
            .setService("auth")
            .setRevision("r1")
            .setDeployedAt(Events.T0);

    DeploymentBuilder() {}

    public DeploymentBuilder environment(String environment) {
        deployment.setEnvironment(environment);
        return this;
    }

    public DeploymentBuilder service(String service) {
        deployment.setService(service);
        return this;
    }

    public DeploymentBuilder revision(String revision) {
        deployment.setRevision(revision);
        return this;
    }

    public DeploymentBuilder deployedAt(Instant deployedAt) {
        deployment.setDeployedAt(deployedAt);
        return this;
    }

    public DeploymentBuilder reportedBy(@Nullable String reportedBy) {
        deployment.setReportedBy(reportedBy);
        return this;
    }

    public DeploymentBuilder url(@Nullable String url) {
        deployment.setUrl(url);
        return this;
    }

    public Deployment build() {
        return deployment.build();
    }
}
