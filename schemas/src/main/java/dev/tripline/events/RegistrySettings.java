package dev.tripline.events;

import java.util.Map;

/**
 * How to reach the Schema Registry.
 *
 * @param url addresses of the registry, separated by commas, such as {@code http://127.0.0.1:8081}
 * @param autoRegister whether writers may register schemas; off in production, where {@code tripline topics apply} does it
 * @param properties settings of Confluent's client as it names them, such as {@code basic.auth.credentials.source} and
 *     {@code schema.registry.ssl.truststore.location}; may be empty
 */
public record RegistrySettings(String url, boolean autoRegister, Map<String, String> properties) {
    public RegistrySettings {
        properties = Map.copyOf(properties);
    }
}
