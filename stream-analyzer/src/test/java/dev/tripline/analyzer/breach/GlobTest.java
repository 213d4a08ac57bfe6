package dev.tripline.analyzer.breach;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class GlobTest {
    @Test
    void matchesWhatTheSameRegularExpressionMatches() {
        long seed = 20_250_910;
        var random = new SplittableRandom(seed);
        int matches = 0;
        for (int i = 0; i < 20_000; i++) {
            // Given
            String glob = text(random, "ab*?.", 6);
            String name = text(random, "ab.", 8);
            String regex = glob.chars()
                    .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                    .collect(Collectors.joining());

            // When
            boolean isMatch = new Glob(glob).matches(name);

            // Then
            assertThat(isMatch).as("seed %d: '%s' on '%s'", seed, glob, name).isEqualTo(name.matches(regex));
            matches += isMatch ? 1 : 0;
        }
        assertThat(matches).as("the comparison saw both answers").isBetween(500, 19_500);
    }

    private static String text(SplittableRandom random, String alphabet, int longest) {
        return random.ints(random.nextInt(longest + 1), 0, alphabet.length())
                .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
                .collect(Collectors.joining());
    }
}
