package dev.tripline.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.tripline.service.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MaskedLayoutTest {
    private final LoggerContext context = new LoggerContext();
    private final MaskedLayout layout = new MaskedLayout();

    @BeforeEach
    void start() {
        layout.setContext(context);
        layout.setPattern("%-5level %msg%n");
        layout.start();
    }

    @Test
    void logsNoSecretOfAMessageOrAnException() {
        // Given
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

    /** A test's name or a server's answer wrote a line of its own, moved the cursor, or turned the text around. */
    @Test
    void nothingThatIsLoggedForgesALineOrMovesTheCursor() {
        // Given
        String attack = "\r\n2026-01-01 ERROR forged\u001b[2K\u202e\u0085";
        String shown = "\\r\\n2026-01-01 ERROR forged\\u001b[2K\\u202e\\u0085";
        var thrown = new IllegalStateException("outer" + attack, new IllegalArgumentException("inner" + attack));
        thrown.addSuppressed(new IllegalStateException("beside" + attack));

        // When
        String text = layout.doLayout(
                new LoggingEvent("x", context.getLogger("a"), Level.WARN, "test {}", thrown, new Object[] {attack}));

        // Then
        assertThat(text)
                .startsWith("WARN  test " + shown + System.lineSeparator())
                .contains("outer" + shown, "inner" + shown, "beside" + shown, "\tat ");
        assertThat(text.lines()).noneMatch(line -> line.startsWith("2026"));
        assertThat(text).doesNotContainPattern("[\u001b\u202e\u0085\r]");
    }

    @Test
    void logsNoSecretOfTheConfigurationWhateverItLooksLike() {
        var token = new Secret("looks like words");
        var thrown = new IllegalStateException("refused '" + token.reveal() + "'");

        String text = layout.doLayout(new LoggingEvent(
                "x", context.getLogger("a"), Level.WARN, "server says {}", thrown, new Object[] {token.reveal()}));

        assertThat(text)
                .startsWith("WARN  server says <masked:configured>")
                .contains("refused '<masked:configured>'")
                .doesNotContain(token.reveal());
    }
}
