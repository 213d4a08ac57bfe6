package dev.tripline.service;

import dev.tripline.service.secrets.Disclosure;
import dev.tripline.service.secrets.KnownSecrets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the Schema Registry is.
 *
 * @param url its addresses, {@code http} or {@code https}, separated by commas
 * @param autoRegister whether writers may register schemas; off in production, where {@code tripline topics apply} does it
 * @param properties settings of Confluent's client as it names them, such as {@code basic.auth.user.info}; may be empty
 */
public record RegistryConnection(
        @Default("http://127.0.0.1:8081") String url,
        @Default("false") boolean autoRegister,
        @Default("{}") Map<String, String> properties) {
    private static final String USER_INFO = "basic.auth.user.info";

    public RegistryConnection {
        properties = Map.copyOf(properties);
        properties.forEach(KnownSecrets.process()::rememberValue);
        String user = properties.getOrDefault(USER_INFO, "");
        KnownSecrets.process().remember(user);
        KnownSecrets.process().remember(user.substring(user.indexOf(':') + 1));
        // As it stands in the header of a request.
        KnownSecrets.process().remember(Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the registry of local mode. */
    public static RegistryConnection local() {
        return new RegistryConnection("http://127.0.0.1:8081", false, Map.of());
    }

    /** Lists what an operator must fix, as {@code path: rule, got value} lines; empty if usable. */
    public List<String> problems(String path) {
        var problems = new ArrayList<String>();
        for (String address : url.split("\\s*,\\s*", -1)) {
            if (!address.matches("https?://[^/\\s@]+(/\\S*)?")) {
                problems.add(
                        KeyNames.child(path, "url") + ": must be http:// or https:// addresses separated by commas, "
                                + (url.contains("@")
                                        ? "without user and password (they go into properties, as " + USER_INFO + ")"
                                        : "got '" + Disclosure.url(address) + "'"));
            }
        }
        return List.copyOf(problems);
    }

    /** Returns the connection without the values of its properties: they may be secret. */
    @Override
    public String toString() {
        return "RegistryConnection[url=" + Disclosure.url(url) + ", autoRegister=" + autoRegister + ", properties="
                + new TreeMap<>(properties).keySet() + "]";
    }
}
