package dev.tripline.sink.config;

import dev.tripline.service.Default;
import dev.tripline.service.Kind;
import dev.tripline.service.Secret;
import dev.tripline.service.secrets.Disclosure;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Which tracker issues are filed in. */
public sealed interface TrackerConfig {

    /**
     * GitHub.
     *
     * @param apiUrl root of the API; of an Enterprise Server {@code https://HOST/api/v3}
     * @param repository {@code owner/name}
     * @param allowInsecure whether {@code http://} is good enough, which shows the token to whoever is on the way
     * @param token personal token, or fine-grained token with "Issues: read and write"
     * @param formerly names the repository had before; their markers count
     * @param authors accounts beside that of the token whose issues are the sink's, such as that of an earlier token
     * @param connectTimeout time to make a connection; more than 0
     * @param requestTimeout time for a whole call; more than 0
     * @param editInterval least time between two edits of one issue; 0 or more
     * @param quarantine how long after a doubtful create no second one is sent; at least 1 min
     * @param cleanLists lists without the issue that must lie behind a doubtful create; at least 1
     */
    @Kind("github")
    record GitHub(
            @Default("https://api.github.com") URI apiUrl,
            @Default("false") boolean allowInsecure,
            String repository,
            Secret token,
            @Default("[]") List<String> formerly,
            @Default("[]") List<String> authors,
            @Default("10s") Duration connectTimeout,
            @Default("30s") Duration requestTimeout,
            @Default("60s") Duration editInterval,
            @Default("10m") Duration quarantine,
            @Default("3") int cleanLists)
            implements TrackerConfig {
        private static final String NAME = "[A-Za-z0-9._-]+/[A-Za-z0-9._-]+";

        public GitHub {
            formerly = List.copyOf(formerly);
            authors = List.copyOf(authors);
        }

        /** Lists what an operator must fix, as {@code path: rule, got value} lines; empty if usable. */
        List<String> problems(String path) {
            var problems = new ArrayList<String>();
            String scheme = apiUrl.getScheme();
            if (apiUrl.getHost() == null || !("https".equals(scheme) || "http".equals(scheme))) {
                problems.add(path + ".api_url: must be an https:// address, got '" + shown(apiUrl) + "'");
            } else if (apiUrl.getRawUserInfo() != null) {
                problems.add(path + ".api_url: must hold no user or password, got '" + shown(apiUrl) + "'");
            } else if ("http".equals(scheme) && !allowInsecure) {
                problems.add(path + ".api_url: must be an https:// address, or allow_insecure true, got '"
                        + shown(apiUrl) + "'");
            }
            if (!repository.matches(NAME)) {
                problems.add(path + ".repository: must be owner/name, got '" + repository + "'");
            }
            formerly.stream()
                    .filter(name -> !name.matches(NAME))
                    .forEach(name -> problems.add(path + ".formerly: must be owner/name, got '" + name + "'"));
            authors.stream()
                    .filter(String::isBlank)
                    .forEach(name -> problems.add(path + ".authors: must be names of accounts, got '" + name + "'"));
            if (token.reveal().isBlank()) {
                problems.add(path + ".token: must not be empty");
            }
            atLeast(problems, path + ".connect_timeout", connectTimeout, Duration.ofMillis(1));
            atLeast(problems, path + ".request_timeout", requestTimeout, Duration.ofMillis(1));
            atLeast(problems, path + ".edit_interval", editInterval, Duration.ZERO);
            atLeast(problems, path + ".quarantine", quarantine, Duration.ofMinutes(1));
            if (cleanLists < 1) {
                problems.add(path + ".clean_lists: must be at least 1, got " + cleanLists);
            }
            return List.copyOf(problems);
        }

        /** Returns the settings that say where issues go, without user and password. */
        @Override
        public String toString() {
            return "GitHub[apiUrl=" + shown(apiUrl) + ", repository=" + repository + ", token=" + token + "]";
        }

        private static String shown(URI uri) {
            return Disclosure.url(uri.toString());
        }

        private static void atLeast(List<String> problems, String path, Duration value, Duration least) {
            if (value.compareTo(least) < 0) {
                problems.add(path + ": must be at least " + least.toMillis() + "ms, got " + value.toMillis() + "ms");
            }
        }
    }

    /**
     * Markdown files on this machine.
     *
     * @param data folder of the sink; the files are in {@code tracker} below it
     */
    @Kind("local")
    record Local(@Default("data/sink") Path data) implements TrackerConfig {}
}
