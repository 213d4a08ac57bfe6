package dev.tripline.analyzer.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tripline.service.secrets.SecretMask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormaliserTest {

    private static final Normaliser NORMALISER = Normaliser.standard();

    /** Steps a character may cost at most; the dearest input known costs 36. */
    private static final long MOST_STEPS_PER_CHARACTER = 80;

    private static final List<String> MESSAGES = List.of(
            "websockets.exceptions.ConnectionClosedOK: received 1000 (OK) main cleanup; then sent 1000 (OK) main cleanup",
            "websockets.exceptions.NegotiationError: no subprotocols supported",
            "AuthenticationError: WebSocket handshake refused for user 7f1c0a52-6a0e-4a53-9a0e-2f4ac9d4e1b7: token accepted"
                    + " over HTTP, rejected for subprotocol 'jwt-auth'",
            "TimeoutError: streaming response did not complete within 60s (thread 41c7, 3 of 9 chunks received)",
            "GET https://me:pass@api.example.com:8443/v1/users/42?x=1 returned 404 at 2025-09-11T08:00:00Z",
            "cannot open /var/log/app.log: [Errno 13] Permission denied, see tests/a_b.py:17, blk_-12 blk_13 blk_14",
            "password=\"open sesame\" for bob@example.com from 10.0.0.1 port 22 ssh2",
            "first line 7\n\nsecond line 8\n\tat com.example.Foo.bar(Foo.java:17)\nCaused by: java.io.IOException: disk 3 full");

    @Test
    void keepsTheGoldenPathsPatternsReadable() {
        assertThat(NORMALISER.patternOf(null, MESSAGES.get(0)).display()).isEqualTo(MESSAGES.get(0));
        assertThat(NORMALISER.patternOf(null, MESSAGES.get(1)).display()).isEqualTo(MESSAGES.get(1));
        assertThat(NORMALISER.patternOf(null, MESSAGES.get(2)).display())
                .isEqualTo(
                        "AuthenticationError: WebSocket handshake refused for user <*>: token accepted over HTTP, rejected"
                                + " for subprotocol 'jwt-auth'");
        assertThat(NORMALISER.patternOf(null, MESSAGES.get(3)).display())
                .isEqualTo("TimeoutError: streaming response did not complete within <*> (thread <*>, <*> of <*> chunks"
                        + " received)");
    }

    /** The id is a contract with every stored pattern; computed apart with {@code printf '1:12:TimeoutErrorx' | sha256sum}. */
    @Test
    void derivesTheIdFromVersionTypeAndTemplate() {
        assertThat(ErrorPattern.of(1, "TimeoutError", "x", false).id()).isEqualTo("1599bf7e1f034ca2");
        assertThat(ErrorPattern.of(1, null, "x", false).id()).isEqualTo("1dcc92b2ae6b7699");
        assertThat(ErrorPattern.of(2, "TimeoutError", "x", false).id())
                .isNotEqualTo(ErrorPattern.of(1, "TimeoutError", "x", false).id());
        assertThat(ErrorPattern.of(1, "ab", "c", false).id())
                .isNotEqualTo(ErrorPattern.of(1, "a", "bc", false).id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "assert False",
                "AssertionError: assert False",
                "TimeoutError",
                "TimeoutError: ",
                "42",
                "assert 3 == 5",
                "AssertionError",
                "Error: 0x7f00aa",
                "test failed",
                "Exception: unknown error"
            })
    void callsGenericWhatNamesNoCause(String message) {
        assertThat(NORMALISER.patternOf(null, message).generic()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assert 401 == 200",
                "status code 500",
                "KeyError: 'name'",
                "TimeoutError: no answer from the model",
                "websockets.exceptions.NegotiationError: no subprotocols supported"
            })
    void callsSpecificWhatNamesACause(String message) {
        assertThat(NORMALISER.patternOf(null, message).generic()).isFalse();
    }

    @Test
    void givesTheSamePatternWhereverTheReportNamesTheType() {
        ErrorPattern inferred = NORMALISER.patternOf(null, "asyncio.TimeoutError: no answer");

        assertThat(NORMALISER.patternOf("asyncio.TimeoutError", "no answer")).isEqualTo(inferred);
        assertThat(NORMALISER.patternOf("asyncio.TimeoutError", "asyncio.TimeoutError: no answer"))
                .isEqualTo(inferred);
        assertThat(NORMALISER.patternOf("TimeoutError", "asyncio.TimeoutError: no answer"))
                .isEqualTo(inferred);
        assertThat(NORMALISER.patternOf("asyncio.TimeoutError", "TimeoutError: no answer"))
                .isEqualTo(inferred);
        assertThat(NORMALISER.patternOf("pytest", "asyncio.TimeoutError: no answer"))
                .isEqualTo(inferred);
        assertThat(NORMALISER.patternOf(" ", "E   asyncio.TimeoutError: no answer"))
                .isEqualTo(inferred);
    }

    @Test
    void readsTheLinesThatSayWhatWentWrong() {
        assertThat(display("\n    def test():\n>       assert x\nE   KeyError: 'name'\n\ntest_a.py:3: KeyError"))
                .isEqualTo("KeyError: 'name'");
        assertThat(
                        display(
                                "Traceback (most recent call last):\n  File \"a.py\", line 3, in f\n    g()\nValueError: bad unit"))
                .isEqualTo("ValueError: bad unit");
        assertThat(display(MESSAGES.get(7)))
                .isEqualTo("first line <*> | second line <*> | Caused by: java.io.IOException: disk <*> full");
        assertThat(display(
                        "expect(received).toBe(expected)\n\nExpected: 200\nReceived: 500\n    at a (b.js:3:4)\n  at c"))
                .isEqualTo("expect(received).toBe(expected) | Expected: 200 | Received: 500");
    }

    @Test
    void masksSecretsBeforeAnythingElse() {
        String pem = "key -----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAK\n-----END RSA PRIVATE KEY----- rejected";
        assertThat(display(pem)).isEqualTo("key <secret> rejected");
        assertThat(display("bad eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_def")).isEqualTo("bad <secret>");
        assertThat(display("{\"password\": \"a b c\"}")).isEqualTo("{\"password\": \"<secret>\"}");
        assertThat(display("https://me:pw@h.example.com/x is down")).isEqualTo("https://<secret>@<*>/x is down");
        assertThat(display("AKIAIOSFODNN7EXAMPLE leaked")).isEqualTo("<secret> leaked");
        assertThat(display("DB_PASSWORD=xyz my_secret=abc userPassword: q appToken=ab12cd34"))
                .isEqualTo("DB_PASSWORD=<secret> my_secret=<secret> userPassword: <secret> appToken=<secret>");
        assertThat(display("code=hunter2 password=500")).doesNotContain("500");
    }

    /** Senders mask what they publish: who does so later must not get other patterns. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bad eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_def for 17 users",
                "https://me:pw@h.example.com/x?token=abc&b=1 is down",
                "DB_PASSWORD=xyz 1 my_secret=abc 22 userPassword: q appToken=ab12cd34",
                "GET https://h.example.com/a/glpat-abcdefghij1234567890/b failed",
                "key -----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAK\n-----END RSA PRIVATE KEY----- rejected"
            })
    void namesTheSamePatternForAMessageThatItsSenderMasked(String message) {
        String masked = SecretMask.standard().mask(message);

        assertThat(masked).isNotEqualTo(message);
        assertThat(NORMALISER.patternOf(null, masked)).isEqualTo(NORMALISER.patternOf(null, message));
        assertThat(display(message)).doesNotContain("masked:");
    }

    @Test
    void explainsSecretsByTheirPlacesInTheMessageAsItWas() {
        String message = "7 of ghp_abcdefghij1234 and https://me:pw@h.example.com/x9 and password=\"a b\" in 60s";

        assertThat(NORMALISER.explain(null, message).masks())
                .extracting(mask -> message.substring(mask.start(), mask.end()), Mask::kind)
                .containsExactly(
                        tuple("7", "number"),
                        tuple("ghp_abcdefghij1234", "github"),
                        tuple("me:pw", "credentials"),
                        tuple("h.example.com", "host"),
                        tuple("x9", "id"),
                        tuple("a b", "password"),
                        tuple("60s", "number"));
    }

    @Test
    void explainsEachMaskByItsPlaceInTheMessage() {
        Explanation explanation = NORMALISER.explain(null, MESSAGES.get(3));

        assertThat(explanation.pattern()).isEqualTo(NORMALISER.patternOf(null, MESSAGES.get(3)));
        assertThat(explanation.masks())
                .extracting(mask -> MESSAGES.get(3).substring(mask.start(), mask.end()))
                .containsExactly("60s", "41c7", "3", "9");
        assertThat(NORMALISER.explain(null, MESSAGES.get(0)).keeps())
                .extracting(keep -> MESSAGES.get(0).substring(keep.start(), keep.end()), Mask::kind)
                .contains(tuple("1000", "close-code"));
        for (String message : MESSAGES) {
            int end = 0;
            for (Mask mask : NORMALISER.explain(null, message).masks()) {
                assertThat(mask.start()).isGreaterThanOrEqualTo(end);
                assertThat(mask.end()).isBetween(mask.start() + 1, message.length());
                assertThat(mask.reason()).isNotBlank();
                end = mask.end();
            }
        }
    }

    @Test
    void explainsColouredMessagesByTheirPlacesInTheMessageAsItWas() {
        String message = "\u001b[31mno\u001b[0m answer in \u001b[1m6\u001b[22m0s, password=\u001b[4mhunter2\u001b[0m";

        assertThat(display(message)).isEqualTo("no answer in <*>, password=<secret>");
        assertThat(NORMALISER.explain(null, message).masks())
                .extracting(mask -> message.substring(mask.start(), mask.end()), Mask::kind)
                .containsExactly(tuple("6\u001b[22m0s", "number"), tuple("hunter2", "password"));
    }

    @Test
    void leavesATemplateAsItIs() {
        for (String message : MESSAGES) {
            String template = display(message);
            assertThat(display(template)).isEqualTo(template);
        }
    }

    @Test
    void givesTheSameIdForAnyIdTimePathOrAddress() {
        long seed = 20250911;
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, String> displayByTemplate = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            for (Variable variable : Variable.values()) {
                String message = variable.template.replace("@", variable.next(random));
                String display = display(message);
                assertThat(displayByTemplate.merge(variable.template, display, (first, now) -> first))
                        .as("seed %d, message %s", seed, message)
                        .isEqualTo(display);
            }
        }
    }

    @Test
    void namesPatternsInAnyOrderAndOnAnyThreadAlike() throws Exception {
        Map<String, ErrorPattern> expected = new HashMap<>();
        MESSAGES.forEach(message -> expected.put(message, NORMALISER.patternOf(null, message)));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Map<String, ErrorPattern>>> tasks = new ArrayList<>();
        for (int seed = 0; seed < 16; seed++) {
            List<String> shuffled = new ArrayList<>(MESSAGES);
            Collections.shuffle(shuffled, new Random(seed));
            tasks.add(() -> {
                Map<String, ErrorPattern> found = new HashMap<>();
                for (int round = 0; round < 50; round++) {
                    shuffled.forEach(message -> found.put(message, NORMALISER.patternOf(null, message)));
                }
                return found;
            });
        }
        try {
            for (Future<Map<String, ErrorPattern>> future : threads.invokeAll(tasks)) {
                assertThat(future.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "1",
                "a.",
                "a/",
                "a-",
                "http://",
                "http://a:b@c/d?e#",
                "a@",
                "é",
                "😀",
                "token=",
                "password='",
                "1:",
                "a1",
                "\n",
                "<*> ",
                "::",
                "_1",
                "-1",
                "/a",
                "-----BEGIN ",
                "E a\n",
                "x1_",
                "eyJaaaaa.",
                "Mon ",
                "bearer ",
                "cookie: ",
                "C:\\",
                "://",
                "a+a+",
                "1.1.",
                "status code ",
                "00:00:00,",
                "2025-01-01T",
                "user x from ",
                "\0",
                "a\u0301",
                "ghp_",
                "at a(b.c:1)\n",
                "\u001b]",
                "\u001b[",
                "a1B",
                "a1B/",
                "aa:",
                "1h",
                "1h ",
                "1 h and ",
                "1.1-",
                "P1",
                "<1 ",
                "$1",
                "1 (1 ",
                "a-bcdfg-",
                "\\\\a",
                "lookup a",
                "1 Jan ",
                "1-1-",
                "fe80::1%",
                "Caused by: x\n",
                "(a ",
                "0x",
                "abcdef",
                "1.1.1.1 (a",
                "Traceback (most recent call last)\n"
            })
    void staysLinearOnHostileText(String bait) {
        SplittableRandom random = new SplittableRandom(bait.hashCode());
        String plain = bait.repeat(Normaliser.LONGEST_MESSAGE / bait.length() + 10);
        StringBuilder mixed = new StringBuilder(plain);
        for (int i = 0; i < 200; i++) {
            mixed.setCharAt(random.nextInt(mixed.length()), (char) random.nextInt(32, 127));
        }
        for (String message : List.of(plain, mixed.toString())) {
            assertThat(NORMALISER.stepsFor(message)).isLessThan(MOST_STEPS_PER_CHARACTER * Normaliser.LONGEST_MESSAGE);
        }
    }

    @Test
    void cutsLongMessagesWithoutTearingACharacterApart() {
        String longest = "x".repeat(Normaliser.LONGEST_MESSAGE - 1) + "😀 tail";
        String torn = "x".repeat(3_998) + "😀 tail";

        assertThat(NORMALISER.patternOf(null, longest).template()).isEqualTo("x".repeat(3_999) + "…");
        assertThat(NORMALISER.patternOf(null, torn).template()).isEqualTo("x".repeat(3_998) + "…");
        assertThat(NORMALISER.patternOf(null, torn).id())
                .as("of the whole")
                .isNotEqualTo(NORMALISER.patternOf(null, torn + " and more").id());
    }

    private static String display(String message) {
        return NORMALISER.patternOf(null, message).display();
    }

    private enum Variable {
        UUID_("refused for user @: no token") {
            @Override
            String next(SplittableRandom random) {
                return new UUID(random.nextLong(), random.nextLong()).toString();
            }
        },
        ADDRESS("<Foo object at @> has no bar") {
            @Override
            String next(SplittableRandom random) {
                return "0x" + Long.toHexString(random.nextLong() | 1);
            }
        },
        SHORT_ID("no answer (thread @, again)") {
            @Override
            String next(SplittableRandom random) {
                return Integer.toHexString(random.nextInt(0x1000, 0x10000)).replaceAll("^([a-f]+)$", "1$1");
            }
        },
        HASH("commit @ is missing") {
            @Override
            String next(SplittableRandom random) {
                return String.format("%016x%016x", random.nextLong(), random.nextLong());
            }
        },
        KEYED_ID("lookup of id=@ failed") {
            @Override
            String next(SplittableRandom random) {
                return letters(random, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 10);
            }
        },
        TIME("gave up at @, sorry") {
            @Override
            String next(SplittableRandom random) {
                return java.time.Instant.ofEpochMilli(random.nextLong(0, 4_000_000_000_000L))
                        .toString();
            }
        },
        DURATION("gave up after @") {
            @Override
            String next(SplittableRandom random) {
                String[] units = {"s", "ms", " ms", " seconds", "m", "h", " minutes", "us"};
                return random.nextInt(0, 100_000)
                        + (random.nextBoolean() ? "" : "." + random.nextInt(10))
                        + units[random.nextInt(units.length)];
            }
        },
        IP("cannot reach @ now") {
            @Override
            String next(SplittableRandom random) {
                String ip = random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                        + random.nextInt(256);
                return random.nextBoolean() ? ip : ip + ":" + random.nextInt(1, 65536);
            }
        },
        PATH("cannot read @: no such file") {
            @Override
            String next(SplittableRandom random) {
                StringBuilder path = new StringBuilder();
                for (int i = random.nextInt(1, 6); i > 0; i--) {
                    path.append('/').append(letters(random, "abcxyz0189_", random.nextInt(1, 9)));
                }
                return path + ".txt";
            }
        },
        HOST("cannot resolve @ today") {
            @Override
            String next(SplittableRandom random) {
                return "h" + letters(random, "abcxyz0189", 5) + ".prod.example.com";
            }
        },
        COUNT("found @ items in the cart") {
            @Override
            String next(SplittableRandom random) {
                return Integer.toString(random.nextInt(-1000, 1_000_000));
            }
        };

        private final String template;

        Variable(String template) {
            this.template = template;
        }

        abstract String next(SplittableRandom random);

        private static String letters(SplittableRandom random, String from, int length) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append(from.charAt(random.nextInt(from.length())));
            }
            return text.toString();
        }
    }
}
