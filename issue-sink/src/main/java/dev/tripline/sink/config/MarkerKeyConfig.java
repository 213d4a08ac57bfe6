package dev.tripline.sink.config;

import dev.tripline.service.Secret;

/**
 * A key that signs the markers of issues.
 *
 * @param id its name, which stands in each marker; 1 to 64 letters, digits, dots, hyphens or underscores
 * @param secret at least 16 bytes of UTF-8
 */
public record MarkerKeyConfig(String id, Secret secret) {}
