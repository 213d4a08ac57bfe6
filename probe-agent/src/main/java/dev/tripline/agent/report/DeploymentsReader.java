package dev.tripline.agent.report;

import dev.tripline.events.Deployment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads deployments as JSON lines, one object a line, in UTF-8: {@code environment}, {@code service}, {@code revision} and
 * {@code deployedAt} (ISO 8601, UTC without an offset) are required, {@code reportedBy} and {@code url} may be given, any
 * other field is an error.
 */
public final class DeploymentsReader {
    private DeploymentsReader() {}

    /**
     * Reads a file to its end.
     *
     * @return the deployments in the file's order
     * @throws BrokenReportException if a line is no deployment; names file, line and field
     * @throws IOException if the file cannot be read
     */
    public static List<Deployment> read(Path file) throws BrokenReportException, IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return read(bytes, file.toString());
        }
    }

    static List<Deployment> read(InputStream bytes, String name) throws BrokenReportException, IOException {
        var deployments = new ArrayList<Deployment>();
        var lines = new TextLines(bytes, name);
        for (String text = lines.next(); text != null; text = lines.next()) {
            JsonLine json = JsonLine.parse(text, name, lines.number());
            Instant deployedAt = json.instant("deployedAt");
            if (deployedAt == null) {
                throw json.broken("deployedAt: is required");
            }
            deployments.add(OpenDeployment.of(Deployment.newBuilder()
                    .setEnvironment(json.requiredWord("environment"))
                    .setService(json.requiredWord("service"))
                    .setRevision(json.requiredWord("revision"))
                    .setDeployedAt(deployedAt)
                    .setReportedBy(json.word("reportedBy"))
                    .setUrl(json.word("url"))
                    .build()));
            json.requireNothingElse();
        }
        return deployments;
    }
}
