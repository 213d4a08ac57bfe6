package dev.tripline.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;

class MaskedLayoutTest {
    @Test
    void logsNoSecretOfAMessageOrAnException() {
        // Given
        var context = new LoggerContext();
        var layout = new MaskedLayout();
        layout.setContext(context);
        layout.setPattern("%-5level %msg%n");
        layout.start();
        var thrown = new IllegalStateException("no access for https://bob:s3cr3t@db.example/x");

        // When
        String line = layout.doLayout(new LoggingEvent(
                "x", context.getLogger("a"), Level.WARN, "put aside: {}", thrown, new Object[] {"password=s3cr3t"}));

        // Then
        assertThat(line)
                .startsWith("WARN  put aside: password=<masked:password>")
                .contains("https://bob:<masked:url-password>@db.example/x")
                .doesNotContain("s3cr3t");
    }
}
