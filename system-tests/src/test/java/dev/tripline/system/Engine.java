package dev.tripline.system;

import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/** The Docker engine that container tests need, and the images they take. */
final class Engine {
    /** Says by a property that container tests must run: then a missing engine or image is a failure. */
    static final boolean REQUIRED = Boolean.getBoolean("tripline.require-engine");

    /** Image of Kafka; any with the contract of {@code apache/kafka}. */
    static final String KAFKA_IMAGE = System.getProperty("tripline.kafka-image", "apache/kafka:4.3.1");

    /** Image of the services, as {@code docker/offline/build.sh} or {@code docker compose build} makes it. */
    static final String SERVICES_IMAGE = System.getProperty("tripline.services-image", "tripline:local");

    private Engine() {}

    /** Returns why container tests cannot run; empty if they can. */
    static Optional<String> missing() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("no Docker engine answers");
        }
        return has(SERVICES_IMAGE)
                ? Optional.empty()
                : Optional.of("there is no image " + SERVICES_IMAGE + "; docker/offline/build.sh makes it");
    }

    private static boolean has(String image) {
        try {
            DockerClientFactory.instance().client().inspectImageCmd(image).exec();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
