package dev.tripline.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A search that spares a pattern must not hide what the pattern would have found. */
class SearchBeforePatternTest {
    private static final int TEXTS = 200_000;

    /** Pieces of what the patterns match, and what comes near. */
    private static final List<String> PIECES = List.of(
            "at ",
            "src/",
            "cart",
            ".spec",
            ".test",
            ".ts",
            ".rb",
            ".java",
            ":1",
            ":23",
            ":",
            "in `",
            "in '",
            "total'",
            " ",
            "(",
            ")",
            ".",
            "$x",
            "<init>",
            "expect(",
            "expect",
            "received)",
            ").",
            "not.",
            "toBe",
            "(expected)",
            " // Object.is",
            " failed",
            "\n",
            "\u001b[",
            "\u009b",
            "\\u001b[",
            "&#27;[",
            "#x1b[",
            "\u241b[",
            "\ufffd[",
            "[31m",
            "[0m",
            "31m",
            "m",
            "9");

    @Test
    void findsPlacesAndNamesAsThePatternsDo() {
        int places = 0;
        int names = 0;
        for (long seed = 0; seed < TEXTS; seed++) {
            // Given
            String line = text(seed);

            // When
            boolean isPlace = StackFrames.isPlaceAlone(line);

            // Then
            assertThat(isPlace)
                    .as("seed %d: %s", seed, line)
                    .isEqualTo(StackFrames.PLACE_ALONE.matcher(line).matches());
            places += isPlace ? 1 : 0;
            if (StackFrames.NAME_ALONE.matcher(line).matches()) {
                names++;
                assertThat(StackFrames.isFrame("at " + line))
                        .as("seed %d: %s", seed, line)
                        .isTrue();
            }
        }
        assertThat(places).isPositive();
        assertThat(names).isPositive();
    }

    @Test
    void takesForVagueWhatThePatternsMatch() {
        int matchers = 0;
        int places = 0;
        for (long seed = 0; seed < TEXTS; seed++) {
            // Given
            String message = text(seed);
            boolean isMatcher =
                    VagueMessage.MATCHER_OF_JEST.matcher(message.strip()).matches();
            boolean isPlace = VagueMessage.PLACE_FIRST.matcher(message).matches();
            matchers += isMatcher ? 1 : 0;
            places += isPlace ? 1 : 0;

            // When
            boolean isVague = VagueMessage.is(message, null);

            // Then
            assertThat(isVague || !(isMatcher || isPlace))
                    .as("seed %d: %s", seed, message)
                    .isTrue();
        }
        assertThat(matchers).isPositive();
        assertThat(places).isPositive();
    }

    @Test
    void removesCodesAsALookAtEachCharacterDoes() {
        int coded = 0;
        for (long seed = 0; seed < TEXTS; seed++) {
            // Given
            String text = text(seed);

            // When
            String without = TerminalCodes.without(text);

            // Then
            assertThat(without).as("seed %d: %s", seed, text).isEqualTo(TerminalCodes.withoutAny(text));
            coded += without.equals(text) ? 0 : 1;
        }
        assertThat(coded).isPositive();
    }

    private static String text(long seed) {
        var random = new SplittableRandom(seed);
        String whole = switch (random.nextInt(4)) {
            case 0 -> "cart.spec.ts:3:5 ";
            case 1 -> "expect(received).toBe(expected)";
            case 2 -> "shop.Cart.total";
            default -> "";
        };
        var text = new StringBuilder(random.nextBoolean() ? "" : whole);
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.append(random.nextInt(3) == 0 ? whole : "").toString();
    }
}
