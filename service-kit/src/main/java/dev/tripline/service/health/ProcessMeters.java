package dev.tripline.service.health;

import dev.tripline.service.Service;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/**
 * Meters of the process for Prometheus: of the JVM, and what services count in {@link Metrics#globalRegistry} from their
 * start on.
 */
final class ProcessMeters implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** @param services are asked whether they are ready, for gauge {@code tripline.ready} */
    ProcessMeters(List<? extends Service> services) {
        for (Service service : services) {
            Gauge.builder("tripline.ready", service, each -> each.notReady().isEmpty() ? 1 : 0)
                    .description("1 if a service does its work, else 0")
                    .tag("service", service.name())
                    .strongReference(true)
                    .register(registry);
        }
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        collections.bindTo(registry);
        Metrics.addRegistry(registry);
    }

    /** Returns all meters as they are now, in Prometheus' text format 0.0.4. */
    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        Metrics.removeRegistry(registry);
        collections.close();
        registry.close();
    }
}
