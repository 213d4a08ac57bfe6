package dev.tripline.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void isMaskedWhereverItTurnsUp() {
        var token = new Secret("plain-words-as-token");

        assertThat(FailureReport.of(new IllegalStateException("refused: " + token.reveal() + "!"))
                        .line())
                .isEqualTo("refused: <masked:configured>!");
    }

    @Test
    void comparesByValueAndShowsNothing() {
        assertThat(new Secret("a"))
                .isEqualTo(new Secret("a"))
                .isNotEqualTo(new Secret("b"))
                .hasToString("***");
        assertThat(new Secret("a")).hasSameHashCodeAs(new Secret("a"));
        assertThat(new Secret("a").reveal()).isEqualTo("a");
    }
}
