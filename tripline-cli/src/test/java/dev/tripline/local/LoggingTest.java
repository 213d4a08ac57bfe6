package dev.tripline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.slf4j.spi.SLF4JServiceProvider;

class LoggingTest {
    @Test
    void hasExactlyOneProvider() {
        assertThat(ServiceLoader.load(SLF4JServiceProvider.class))
                .extracting(provider -> provider.getClass().getPackageName())
                .containsExactly("ch.qos.logback.classic.spi");
    }
}
