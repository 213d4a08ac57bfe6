package dev.tripline.events;

import static dev.tripline.events.testing.Events.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextBoundsTest {
    static {
        TrustedRecords.trust(); // as in every service before its first record
    }

    @Test
    void whatFitsStaysTheSame() {
        TestOutcome outcome = outcome().failed("TypeError", "no").tags("a").build();

        assertThat(TextBounds.bounded(outcome)).isSameAs(outcome);
        assertThat(TextBounds.name("x".repeat(256), TextBounds.WORD)).isEqualTo("x".repeat(256));
    }

    @Test
    void twoLongNamesStayTwo() {
        String one = TextBounds.name("x".repeat(60_000) + "1", TextBounds.NAME);
        String two = TextBounds.name("x".repeat(60_000) + "2", TextBounds.NAME);

        // printf 'x%.0s' {1..60000} | (cat; printf 1) | sha256sum
        assertThat(one).hasSize(1_024).startsWith("xxx").endsWith("…ce2411f72896");
        assertThat(two).hasSize(1_024).isNotEqualTo(one);
    }

    @Test
    void cutsAnyTextToItsLimitOnceAndPartsNoPair() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            int limit = random.nextInt(32, 80);
            int length = random.nextInt(160);
            var text = new StringBuilder();
            while (text.length() < length) {
                text.appendCodePoint(random.nextBoolean() ? 0x1F600 : random.nextInt(0xD800));
            }
            for (String cut :
                    List.of(TextBounds.name(text.toString(), limit), TextBounds.text(text.toString(), limit))) {
                assertThat(cut).as("seed %d", seed).hasSizeLessThanOrEqualTo(limit);
                assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                        .as("seed %d: no half pair", seed)
                        .isEqualTo(cut);
                assertThat(TextBounds.name(cut, limit)).as("seed %d", seed).isEqualTo(cut);
                assertThat(TextBounds.text(cut, limit)).as("seed %d", seed).isEqualTo(cut);
            }
        }
    }

    @Test
    void boundsEveryTextOfAnOutcome() {
        String huge = "h".repeat(100_000);
        var attributes = new TreeMap<String, String>();
        IntStream.range(0, 200).forEach(i -> attributes.put(huge + i, huge));
        TestOutcome given = TestOutcome.newBuilder(outcome().build())
                .setEnvironment(huge)
                .setSuite(huge)
                .setClassName(huge)
                .setTest(huge)
                .setLocation(huge)
                .setSource(huge)
                .setFailure(Failure.newBuilder()
                        .setType(huge)
                        .setMessage(huge)
                        .setDetails(huge)
                        .build())
                .setService(huge)
                .setRevision(huge)
                .setProbeKind(huge)
                .setAgent(huge)
                .setTags(Collections.nCopies(1_000, huge))
                .setEarlierFailures(Collections.nCopies(20, huge))
                .setAttributes(attributes)
                .build();

        TestOutcome bounded = TextBounds.bounded(given);

        assertThat(bounded.toString()).hasSizeLessThan(400_000);
        assertThat(bounded.getEnvironment()).hasSize(256);
        assertThat(bounded.getTest()).hasSize(1_024);
        assertThat(bounded.getFailure().getMessage()).hasSize(16 * 1024).endsWith("h…");
        assertThat(bounded.getFailure().getTruncated()).isTrue();
        assertThat(bounded.getTags()).hasSize(100);
        assertThat(bounded.getEarlierFailures()).hasSize(10);
        assertThat(bounded.getAttributes()).hasSize(100);
        assertThat(TextBounds.bounded(bounded)).isSameAs(bounded);
    }

    @Test
    void boundsRunsAndDeploymentsAsOutcomes() {
        String huge = "h".repeat(100_000);
        SuiteRun run = TextBounds.bounded(SuiteRun.newBuilder()
                .setEnvironment(huge)
                .setSuite(huge)
                .setLocation(huge)
                .setSource(huge)
                .setRun(1)
                .setStartedAt(Instant.EPOCH)
                .setEndedAt(Instant.EPOCH)
                .setTotals(StatusCounts.newBuilder().build())
                .build());
        Deployment deployment = TextBounds.bounded(Deployment.newBuilder()
                .setEnvironment(huge)
                .setService(huge)
                .setRevision(huge)
                .setDeployedAt(Instant.EPOCH)
                .setUrl("https://example.org/" + huge)
                .build());

        assertThat(run.getSuite()).isEqualTo(TextBounds.name(huge, TextBounds.NAME));
        assertThat(run.getEnvironment()).isEqualTo(deployment.getEnvironment()).hasSize(256);
        assertThat(deployment.getUrl()).isNull();
        assertThat(TextBounds.bounded(run)).isSameAs(run);
        assertThat(TextBounds.bounded(deployment)).isSameAs(deployment);
    }
}
