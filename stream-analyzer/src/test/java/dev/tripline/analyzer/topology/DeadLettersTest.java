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
}
