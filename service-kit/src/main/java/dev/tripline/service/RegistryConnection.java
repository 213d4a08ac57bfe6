package dev.tripline.service;

import java.util.ArrayList;
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
    public RegistryConnection {
        properties = Map.copyOf(properties);
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
                // The address is not quoted where it may carry a password.
                problems.add(
                        KeyNames.child(path, "url") + ": must be http:// or https:// addresses separated by commas, "
                                + (address.contains("@")
                                        ? "without user and password (they go into properties, as basic.auth.user.info)"
                                        : "got '" + address + "'"));
            }
        }
        return List.copyOf(problems);
    }

    /** Returns the connection without the values of its properties: they may be secret. */
    @Override
    public String toString() {
        return "RegistryConnection[url=" + url + ", autoRegister=" + autoRegister + ", properties="
                + new TreeMap<>(properties).keySet() + "]";
    }
}
