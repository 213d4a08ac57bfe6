package dev.tripline.cli;

import dev.tripline.service.DurationText;
import dev.tripline.service.ExitCode;
import dev.tripline.service.secrets.Disclosure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tripline health}: asks a service whether it does its work. */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description = {
            "Asks a service whether it is ready, as containers and supervisors do.",
            "Prints its answer, or why there is none. Exit code 0 if it is ready, else 1.",
            "The service answers where the section 'health' of its configuration says."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  tripline health --url http://127.0.0.1:8090"})
final class HealthCommand implements Callable<Integer> {
    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "The service's health endpoint, without a path.")
    private String url = "";

    @Option(names = "--timeout", paramLabel = "TIME", description = "How long to wait for an answer; 5s unless said.")
    private String timeout = "5s";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (spec == null) {
            throw new IllegalStateException("picocli gives a command its specification before it calls it");
        }
        HttpRequest request = request();
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpResponse<String> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            String reason = e.getMessage() == null ? "nothing listens there" : e.getMessage();
            throw new CommandException(ExitCode.FAILED, url + " does not answer: " + reason);
        }
        var out = spec.commandLine().getOut();
        return switch (response.statusCode()) {
            case 200, 503 -> {
                response.body().strip().lines().forEach(line -> out.println(Disclosure.line(line)));
                out.flush();
                yield (response.statusCode() == 200 ? ExitCode.OK : ExitCode.FAILED).code();
            }
            default ->
                throw new CommandException(
                        ExitCode.FAILED, request.uri() + " must answer 200 or 503, got " + response.statusCode());
        };
    }

    private HttpRequest request() {
        if (!url.matches("https?://[^/?#@\\s]+/?")) {
            // What may hold a password is not repeated.
            throw new CommandException(
                    ExitCode.CANNOT_START,
                    "--url: must be http://host:port"
                            + (url.contains("@") ? " without a user" : ", got '" + url + "'"));
        }
        Duration atMost;
        try {
            atMost = DurationText.parse(timeout);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.CANNOT_START, "--timeout: " + e.getMessage());
        }
        if (atMost.isZero()) {
            throw new CommandException(ExitCode.CANNOT_START, "--timeout: must be more than 0s, got '" + timeout + "'");
        }
        try {
            return HttpRequest.newBuilder(URI.create(url).resolve("/health/ready"))
                    .timeout(atMost)
                    .build();
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.CANNOT_START, "--url: must be http://host:port, got '" + url + "': " + e.getMessage());
        }
    }
}
