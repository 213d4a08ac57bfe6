package dev.tripline.service.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BeginningsTest {
    /** What heads are made of, what only looks so, and letters beyond ASCII; pieces overlap and break off. */
    private static final List<String> PIECES = pieces();

    @Test
    void findsEachOffsetThatALookAtEachFinds() {
        for (long seed = 0; seed < 20_000; seed++) {
            // Given
            String text = text(new SplittableRandom(seed));

            // When
            var found = new ArrayList<Integer>();
            for (int at = Beginnings.next(text, 0); at < text.length(); at = Beginnings.next(text, at + 1)) {
                found.add(at);
            }

            // Then
            var expected = new ArrayList<Integer>();
            for (int at = 0; at < text.length(); at++) {
                if ("=:%-<".indexOf(text.charAt(at)) >= 0 || beginsHead(text, at)) {
                    expected.add(at);
                }
            }
            assertThat(found).as("seed %d: %s", seed, text).isEqualTo(expected);
        }
    }

    /** The rule in words: three signs of a head, or the first letter of a scheme with a letter beyond ASCII close behind it. */
    private static boolean beginsHead(String text, int at) {
        if (at + 3 > text.length()) {
            return false;
        }
        String three = text.substring(at, at + 3);
        if (three.charAt(1) >= 128 || three.charAt(2) >= 128) {
            return "bBdDnN".indexOf(three.charAt(0)) >= 0;
        }
        return List.of("eyJ", "AKI", "ASI", "jdb").contains(three)
                || Issuer.ALL.stream().anyMatch(issuer -> issuer.prefix().startsWith(three))
                || List.of("bea", "bas", "dig", "neg").stream().anyMatch(three::equalsIgnoreCase);
    }

    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            text.append(piece, 0, 1 + random.nextInt(piece.length()));
        }
        return text.toString();
    }

    private static List<String> pieces() {
        var pieces = new ArrayList<>(List.of(
                "eyJ",
                "AKIA",
                "ASIA",
                "jdbc:",
                "Bearer",
                "bASIC",
                "DIGest",
                "neGO",
                "=",
                ":",
                "%3D",
                "-",
                "<",
                "\u0131",
                "\u212a",
                "\ud83d\ude00",
                "bb",
                "nd",
                " ",
                "plain words",
                "gggh",
                "xxo",
                "EYj"));
        Issuer.ALL.forEach(issuer -> pieces.add(issuer.prefix()));
        return List.copyOf(pieces);
    }
}
