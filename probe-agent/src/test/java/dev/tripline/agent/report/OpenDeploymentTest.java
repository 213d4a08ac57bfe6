package dev.tripline.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.events.Deployment;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OpenDeploymentTest {
    private static final String TOKEN = "ghp_" + "Kq7xW2mZ9pLr4TvB8nYc5DgH3jFs01234567";
    private static final Instant T0 = Instant.parse("2025-09-11T08:00:00Z");

    @Test
    void publishesNoSecretOfAnArgument() {
        Deployment open = OpenDeployment.of(new Deployment(
                "e " + TOKEN, "s " + TOKEN, "r " + TOKEN, T0, "by " + TOKEN, "https://ci:hunter2@ci.example/" + TOKEN));

        assertThat(open)
                .isEqualTo(new Deployment(
                        "e <masked:github>",
                        "s <masked:github>",
                        "r <masked:github>",
                        T0,
                        "by <masked:github>",
                        "https://ci:<masked:url-password>@ci.example/<masked:github>"));
    }

    @Test
    void publishesNoSecretOfAFile() throws Exception {
        String line = "{\"environment\":\"e\",\"service\":\"s\",\"revision\":\"" + TOKEN
                + "\",\"deployedAt\":\"2025-09-11T08:00:00Z\"}\n";

        assertThat(DeploymentsReader.read(
                        new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), "deployments.jsonl"))
                .containsExactly(new Deployment("e", "s", "<masked:github>", T0, null, null));
    }
}
