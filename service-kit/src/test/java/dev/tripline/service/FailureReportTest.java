package dev.tripline.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class FailureReportTest {
    @Test
    void tellsTheFirstCauseWhereItSaysMore() {
        var failure = new IllegalStateException(
                "Failed to construct kafka consumer", new IOException(new ConnectException("Connection\n  refused")));

        assertThat(FailureReport.of(failure))
                .isEqualTo(new FailureReport("Failed to construct kafka consumer (Connection refused)", false));
    }

    @Test
    void doesNotSayTheSameTwice() {
        var cause = new IOException("disk full");

        assertThat(FailureReport.of(new IllegalStateException("cannot write: disk full", cause))
                        .line())
                .isEqualTo("cannot write: disk full");
        assertThat(FailureReport.of(new IllegalStateException(cause)).line())
                .isEqualTo("java.io.IOException: disk full");
    }

    @Test
    void showsNoSecretAndObeysNoControlCharacter() {
        var failure = new IOException("refused http://bob:s3cr3t@host:\u001b[2K\u202e gone\r\n2026-01-01 ERROR forged");

        assertThat(FailureReport.of(failure).line())
                .isEqualTo(
                        "refused http://bob:<masked:url-password>@host:\\u001b[2K\\u202e gone 2026-01-01 ERROR forged");
    }

    @Test
    void namesTheKindWhereThereIsNoMessage() {
        assertThat(FailureReport.of(new IllegalStateException()).line()).isEqualTo("IllegalStateException");
    }

    @Test
    void knowsAMistakeHoweverDeepItIs() {
        var wrapped =
                new IllegalStateException("stream thread died", new RuntimeException(new NullPointerException("x")));

        assertThat(FailureReport.of(wrapped).isOurs()).isTrue();
        assertThat(FailureReport.of(new IllegalArgumentException("port: must be 1 to 65535, got 0"))
                        .isOurs())
                .isFalse();
    }

    @Test
    void endsOnCausesThatGoInACircle() {
        var one = new IllegalStateException("one");
        var other = new IllegalStateException("other", one);
        one.initCause(other);

        assertThat(FailureReport.of(one).line()).startsWith("one");
    }
}
