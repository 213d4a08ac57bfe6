package dev.tripline.sink.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class UnreadableMessageTest {
    /** Its detail is a header of the dead letter, and a line of the log. */
    @Test
    void showsNoSecretInItsDetailAlsoWhereThatIsCut() {
        // Given
        String secret = "Kq7xW2mZ9pLr4TvB8nYc5DgH3jFs";
        String detail = "no such symbol: ghp_" + secret + " " + "x".repeat(430) + " password=" + secret;

        // When
        var unreadable = new UnreadableMessage(
                new ConsumerRecord<>("tripline.incidents", 0, 7, new byte[0], new byte[0]),
                "tripline.incidents.dlq",
                UnreadableMessage.Cause.UNREADABLE,
                detail);

        // Then
        assertThat(unreadable.detail())
                .startsWith("no such symbol: <masked:github> x")
                .doesNotContain("Kq7x")
                .hasSizeLessThanOrEqualTo(500);
        assertThat(unreadable.describe()).doesNotContain("Kq7x");
    }
}
