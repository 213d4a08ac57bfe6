package dev.tripline.sink.tracker.github;

import dev.tripline.service.secrets.Disclosure;
import dev.tripline.service.secrets.KnownSecrets;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where and as whom issues are filed.
 *
 * @param apiUrl root of the API, without a slash at its end
 * @param owner user or organisation of the repository
 * @param repository its name
 * @param token personal or fine-grained token
 * @param connectTimeout time to make a connection
 * @param requestTimeout time for a whole call
 * @param betweenWrites least time between two writes; GitHub asks for at least 1 s
 * @param createsPerHour issues and comments an hour; GitHub allows 500
 * @param formerly names the repository had before, as {@code owner/name}; may be empty
 * @param authors accounts whose issues are the sink's beside that of the token; may be empty
 */
public record GitHubSettings(
        URI apiUrl,
        String owner,
        String repository,
        String token,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration betweenWrites,
        int createsPerHour,
        List<String> formerly,
        List<String> authors) {
    public GitHubSettings {
        formerly = List.copyOf(formerly);
        authors = List.copyOf(authors);
        KnownSecrets.process().remember(token);
    }

    /** Returns settings with GitHub's own limits: 10 s to connect, 30 s for a call, 1 s between writes. */
    public static GitHubSettings of(URI apiUrl, String owner, String repository, String token) {
        return new GitHubSettings(
                apiUrl,
                owner,
                repository,
                token,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                500,
                List.of(),
                List.of());
    }

    /** Returns the settings without the token. */
    @Override
    public String toString() {
        return "GitHubSettings[" + Disclosure.url(apiUrl.toString()) + ", " + owner + "/" + repository + "]";
    }
}
