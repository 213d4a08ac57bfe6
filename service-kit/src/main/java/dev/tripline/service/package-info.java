/**
 * What every service needs once: configuration from YAML into records, start and stop, exit codes. Nothing here knows
 * Kafka or any service.
 */
@NullMarked
package dev.tripline.service;

import org.jspecify.annotations.NullMarked;
