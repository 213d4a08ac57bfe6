package dev.tripline.events;

import static dev.tripline.events.testing.Events.deployment;
import static dev.tripline.events.testing.Events.outcome;
import static dev.tripline.events.testing.Events.suiteRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private static final String ALPHABET = "ab/%u02F5D8\u0000\n\u007f\u0085 é漢\ud83d\ude00\ud800\udc00";

    @Test
    void staysReadable() {
        assertThat(Keys.ofSeries(
                        outcome().suite("web socket").test("test_é[a-1]").build()))
                .isEqualTo("staging/web socket//test_é[a-1]/eu");
        assertThat(Keys.ofSeries(outcome().className("tests.pay").build()))
                .isEqualTo("staging/login/tests.pay/test_jwt/eu");
        assertThat(Keys.of(outcome().suite("web socket").build())).isEqualTo("staging/web socket");
        assertThat(Keys.of(suiteRun().build())).isEqualTo("staging/login");
        assertThat(Keys.of(deployment().build())).isEqualTo("staging/auth");
    }

    @Test
    void namesAScope() {
        var scope = Scope.newBuilder()
                .setEnvironment("staging")
                .setKind(ScopeKind.SUITE)
                .setName("a/b");
        assertThat(Keys.of(scope.build())).isEqualTo("staging/suite/a%2Fb");

        scope.setKind(ScopeKind.TEST).setSuite("login").setLocation(null);
        assertThat(Keys.of(scope.build())).isEqualTo("staging/test/login//a%2Fb/");
    }

    @ParameterizedTest
    @CsvSource({
        "'a/b', a%2Fb",
        "'100%', 100%25",
        "'a\tb', a%09b",
        "'\u007f\u0085', %7F%85",
        "'\ud83d\ude00', '\ud83d\ude00'",
        "'\ud83d', %uD83D",
    })
    void escapesWhatWouldMislead(String part, String key) {
        assertThat(Keys.of(part)).isEqualTo(key);
    }

    @Test
    void readsBackWhatItWroteAndNeverMixesUp() {
        for (long seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            Map<String, List<String>> seen = new HashMap<>();
            for (int i = 0; i < 2_000; i++) {
                String[] parts = new String[random.nextInt(1, 4)];
                for (int p = 0; p < parts.length; p++) {
                    parts[p] = text(random);
                }

                String key = Keys.of(parts);

                assertThat(Keys.parts(key)).as("seed %d: %s", seed, key).containsExactly(parts);
                // As Kafka stores it: what UTF-8 cannot hold would come back as a question mark.
                String stored = new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
                List<String> other = seen.putIfAbsent(stored, List.of(parts));
                assertThat(other == null || other.equals(List.of(parts)))
                        .as("seed %d: %s means %s and %s", seed, stored, other, List.of(parts))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a%2", "%zz", "x/%F", "%u12", "%u12G4", "%2/F"})
    void refusesBrokenEscapes(String key) {
        assertThatThrownBy(() -> Keys.parts(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + key + "'");
    }

    @Test
    void needsAPart() {
        assertThatThrownBy(Keys::of).isInstanceOf(IllegalArgumentException.class);
        assertThat(Keys.parts(Keys.of(""))).containsExactly("");
    }

    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        int length = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
