package dev.tripline.service.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnPatternsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ACME-[0-9]+ | id ACME-17, ACME-18. | id <masked:custom>, <masked:custom>.",
                "badge (\\d+) | badge 17 of badge 18 | badge <masked:custom> of badge <masked:custom>",
                "badge (?:\\d+) | badge 17 | <masked:custom>",
                "pin:(\\d+)~door (\\d+) | pin:17 door 18 | pin:<masked:custom> <masked:custom>",
                "badge (\\d*) | badge x, badge 17 | badge x, badge <masked:custom>",
                "(?i)acme | AcMeAcme | <masked:custom>",
                "\\bx | ax x | ax <masked:custom>",
                "\\b | a b | a b",
                "1234 | password=ab1234cd 1234 | password=<masked:password> <masked:custom>",
                "masked~<~custom | <masked:jwt> | <masked:jwt>",
                "x.*y | x<masked:jwt>y xy | x<masked:jwt>y <masked:custom>",
                "geheim | 'password=\"Xgeheim\" b' | 'password=\"<masked:password>\" b'",
                "😀+ | a😀😀b | a<masked:custom>b"
            },
            quoteCharacter = '\'')
    void masksTheGroupOrAllOfIt(String expression, String text, String masked) {
        assertThat(mask(expression.replace("~", "|")).mask(text)).isEqualTo(masked);
    }

    @Test
    void tellsWhereSecretsAreInTheTextAsItCame() {
        String text = "pin 17 token=Kq7xW2mZ9pLr ACME-1 password=ACME-2x";

        List<Span> found = mask("ACME-\\d", "pin (\\d+)").find(text);

        assertThat(found.stream().map(span -> text.substring(span.start(), span.end()) + " " + span.kind()))
                .containsExactly("17 custom", "Kq7xW2mZ9pLr token", "ACME-1 custom", "ACME-2x password");
    }

    @Test
    void refusesWhatCannotMaskAndThenTakesNone() {
        var own = new OwnPatterns();

        assertThat(OwnPatterns.problems("mask", List.of("(a", "ok", "a*", "", "(?=a)", "(a)\\1")))
                .hasSize(5)
                .contains(
                        "mask[0]: must be an RE2 expression: missing closing ), got '(a'",
                        "mask[2]: must not match the empty text, got 'a*'",
                        "mask[3]: must not match the empty text, got ''");
        assertThatIllegalArgumentException().isThrownBy(() -> own.use(List.of("ok", "(a")));
        assertThat(SecretMask.with(own).mask("ok")).isEqualTo("ok");
    }

    /** Each is bad for an expression that reads on behind a secret, or for one whose secrets touch. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "(x)(?:.*y)? ~ x",
                "a.*z|b ~ ab",
                "(x)(?:.{0,250}y)? ~ x",
                "(a+)+b ~ a",
                "x(y*)(?:.*z)? ~ x",
                "(?s)(x).* ~ x",
                "a ~ ab",
                "(a|aa)+?b ~ aaab",
                "\\w{8}\\b ~ abcdefgh_",
                "x ~ <masked:x",
                "x ~ password=x&"
            })
    void needsTimeLinearInTheText(String expression, String bait) {
        String text = bait.repeat(100_000 / bait.length());
        SecretMask mask = mask(expression);

        String masked = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> mask.mask(text));

        assertThat(masked.length()).isLessThanOrEqualTo(20 * text.length());
        assertThat(mask.mask(masked)).isEqualTo(masked);
    }

    @Test
    void leavesAMaskedTextAsItIs() {
        String[] pieces = {
            "a",
            "b",
            "ab",
            " ",
            "\n",
            "x1",
            "17",
            "password=",
            "\"",
            "'",
            "token: ",
            "ghp_Kq7xW2mZ9pLr4TvB8n",
            "&",
            "?sig=",
            "<masked:jwt>",
            "<masked:",
            ">",
            "--password ",
            "-----BEGIN KEY-----",
            "-----END KEY-----",
            "https://u:p@h",
            "."
        };
        String[] expressions = {
            "ab?(.)",
            "^a",
            "a$",
            "\\bb",
            "b\\b",
            "\\B1",
            "(?s)a.*b",
            "(x)1",
            "17",
            "(?:a)(b)a",
            "word",
            "k.n",
            ".{9}",
            "(?m)^.(.)",
            "masked",
            "[^ab]+=",
            "\\w(\\w)?"
        };
        for (long seed = 0; seed < 4_000; seed++) {
            var random = new SplittableRandom(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(1, 14); i > 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            var chosen = new ArrayList<String>();
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                chosen.add(expressions[random.nextInt(expressions.length)]);
            }
            SecretMask mask = mask(chosen.toArray(String[]::new));

            String masked = mask.mask(text.toString());

            assertThat(mask.mask(masked))
                    .as("seed %d: %s over %s", seed, chosen, text)
                    .isEqualTo(masked);
        }
    }

    private static SecretMask mask(String... expressions) {
        var own = new OwnPatterns();
        own.use(List.of(expressions));
        return SecretMask.with(own);
    }
}
