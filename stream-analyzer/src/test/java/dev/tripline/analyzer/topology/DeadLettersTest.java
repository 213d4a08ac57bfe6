package dev.tripline.analyzer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    @Test
    void showsNoSecretInItsHeadersAlsoWhereItsDetailIsCut() {
        // Given
        String detail = "status: must be known, got " + "x".repeat(460) + " password=Kq7xW2mZ9pLr4TvB8nYc5DgH3jFs";

        // When
        var letter = DeadLetters.of(
                null,
                null,
                new Origin("tripline.test-outcomes", 0, 7, Instant.EPOCH),
                DeadLetters.Reason.INVALID,
                detail);

        // Then
        String told = new String(letter.headers().lastHeader("tripline.detail").value(), StandardCharsets.UTF_8);
        assertThat(told).doesNotContain("Kq7x").contains("password=<").hasSizeLessThanOrEqualTo(500);
    }

    /** What is put aside for its size would be refused again. */
    @Test
    void keepsAsMuchOfALargeRecordAsFits() {
        var raw = new byte[3_000_000];

        var letter = DeadLetters.of(
                new byte[100_000],
                raw,
                new Origin("tripline.test-outcomes", 0, 7, Instant.EPOCH),
                DeadLetters.Reason.UNREADABLE,
                "too large");

        assertThat(letter.value()).hasSize(DeadLetters.MOST_BYTES);
        assertThat(letter.key()).hasSizeLessThan(40_000);
        assertThat(new String(letter.headers().lastHeader("tripline.bytes").value(), StandardCharsets.UTF_8))
                .isEqualTo("3000000");
    }
}
