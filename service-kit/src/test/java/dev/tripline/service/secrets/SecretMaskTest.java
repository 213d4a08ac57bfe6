package dev.tripline.service.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {
    private static final SecretMask MASK = SecretMask.standard();
    private static final String ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final String HIDDEN = "Kq7xW2mZ9pLr4TvB8nYc5DgH3jFs";

    /** Kind, raw, masked; the second is written in pieces, so that no scanner of repositories takes it for a leak. */
    static final List<Arguments> KINDS = List.of(
            row("pem", "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAK\n-----END RSA PRIVATE KEY-----", "#"),
            row("pem", "key -----BEGIN EC PRIVATE KEY-----\\nMHcC\\n-----END EC PRIVATE KEY----- bad", "key # bad"),
            row("pem", "cut -----BEGIN PRIVATE KEY-----\nMIIEow\nIBAAK", "cut #"),
            row("pem", "head cut off:\nMIIEow\nIBAAK\n-----END PRIVATE KEY-----\nnext", "head cut off:#\nnext"),
            row("jwt", "bad eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_def.", "bad #."),
            row("jwt", "xeyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", "x#"),
            row("github", "ghp_" + HIDDEN, "#"),
            row("github", "gho_" + HIDDEN, "#"),
            row("github", "ghu_" + HIDDEN, "#"),
            row("github", "ghs_" + HIDDEN, "#"),
            row("github", "ghr_" + HIDDEN, "#"),
            row("github", "{\"a\":\"x\\nghp_" + HIDDEN + "\"}", "{\"a\":\"x\\n#\"}"),
            row("github", "github_pat_" + HIDDEN + "_" + HIDDEN, "#"),
            row("gitlab", "glpat-" + HIDDEN, "#"),
            row("gitlab", "with glrt-" + HIDDEN + ".", "with #."),
            row("gitlab", "gldt-" + HIDDEN, "#"),
            row("aws", "AKIA" + "IOSFODNN7EXAMPLE leaked", "# leaked"),
            row("aws", "ASIA" + "IOSFODNNAEXAMPLE", "#"),
            row("aws", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "aws_secret_access_key = #"),
            row("aws", "\"SecretAccessKey\": \"wJalrXUtnFEMI/K7MDENG\"", "\"SecretAccessKey\": \"#\""),
            row("gcp", "AIza" + "SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY", "#"),
            row("gcp", "ya29." + HIDDEN, "#"),
            row(
                    "pem",
                    "\"private_key\": \"-----BEGIN PRIVATE KEY-----\\nMII\\n-----END PRIVATE KEY-----\"",
                    "\"private_key\": \"#\""),
            row("password", "\"private_key\": \"MIIEow\"", "\"private_key\": \"#\""),
            row("azure", "AccountName=x;AccountKey=abc+/d==;End=y", "AccountName=x;AccountKey=#;End=y"),
            row("azure", "SharedAccessKeyName=r;SharedAccessKey=abc=", "SharedAccessKeyName=r;SharedAccessKey=#"),
            row("query", "https://a.example/b?sv=2020&sig=abc%2Bd%3D&se=1", "https://a.example/b?sv=2020&sig=#&se=1"),
            row("slack", "xoxb-123456789012-abcdefghijkl", "#"),
            row("slack", "xoxp-" + HIDDEN, "#"),
            row("slack", "https://hooks.slack.com/services/T000/B000/XXXX!", "https://#!"),
            row("npm", "npm_" + HIDDEN, "#"),
            row("pypi", "pypi-" + HIDDEN + "-_a", "#"),
            row("stripe", "sk_" + "live_" + HIDDEN, "#"),
            row("stripe", "pk_" + "test_" + HIDDEN, "#"),
            row("stripe", "rk_" + "live_" + HIDDEN, "#"),
            row("stripe", "whsec_" + HIDDEN + "+/a=", "#"),
            row("model-key", "sk-proj-" + HIDDEN + "_-a", "#"),
            row("model-key", "sk-ant-api03-" + HIDDEN + "-AA", "#"),
            row("authorization", "sent Basic dXNlcjpwYXNz", "sent Basic #"),
            row("authorization", "got bearer abc123def.", "got bearer #"),
            row("authorization", "Authorization: Bearer opaque", "Authorization: Bearer #"),
            row("authorization", "{'Authorization': 'Token opaque'}", "{'Authorization': 'Token #'}"),
            row("authorization", "-H \"Proxy-Authorization: Basic abc=\" x", "-H \"Proxy-Authorization: Basic #\" x"),
            row(
                    "authorization",
                    "Authorization: Digest username=\"u\", response=\"x\"\nHost: y",
                    "Authorization: Digest #\nHost: y"),
            row("authorization", "authorization=[Bearer opaque], a=b", "authorization=[Bearer #], a=b"),
            row("cookie", "Cookie: sid=abc; theme=dark\nHost: y", "Cookie: #\nHost: y"),
            row("cookie", "'Set-Cookie': 'sid=abc; Path=/', 'a': 1", "'Set-Cookie': '#', 'a': 1"),
            row("cookie", "b'Cookie: sid=abc\\r\\nHost: y'", "b'Cookie: #\\r\\nHost: y'"),
            row("url-password", "postgres://bob:p4ss@w@db.example/x", "postgres://bob:#@db.example/x"),
            row("url-password", "https:\\/\\/bob:p4ss@db.example", "https:\\/\\/bob:#@db.example"),
            row("url-password", "https://" + HIDDEN + "@git.example/a", "https://#@git.example/a"),
            row("pem", "a1-----BEGIN PRIVATE KEY-----\nMIIEow\n-----END PRIVATE KEY-----", "a1#"),
            row("password", "password=q", "password=#"),
            row("password", "DB_PASSWORD=x%y(z)w!", "DB_PASSWORD=#"),
            row("password", "PGPASSWORD=xyz env", "PGPASSWORD=# env"),
            row("password", "userPassword: q", "userPassword: #"),
            row("password", "db-password: 'open sesame'", "db-password: '#'"),
            row("password", "{\"password\": \"a \\\" c\", \"b\": 1}", "{\"password\": \"#\", \"b\": 1}"),
            row("password", "{\\\"password\\\": \\\"a b\\\"}", "{\\\"password\\\": \\\"#\\\"}"),
            row("password", "password=\"never closed\nnext", "password=\"#\nnext"),
            row("password", "{password=abc, user=x}", "{password=#, user=x}"),
            row("password", "run --password hunter --user x", "run --password # --user x"),
            row("password", "['mysql', '--password', 'a b', 'db']", "['mysql', '--password', '#', 'db']"),
            row("password", "--client-secret=abc", "--client-secret=#"),
            row("password", "x-api-key: abc", "x-api-key: #"),
            row("password", "API_TOKEN=letters", "API_TOKEN=#"),
            row("password", "PWD={x};Database=a", "PWD={#};Database=a"),
            row("password", "PWD={a}}b;c};Database=a", "PWD={#};Database=a"),
            row("password", "password=(x)", "password=(#)"),
            row("password", "password=('x')", "password=('#')"),
            row("password", "password: {x}", "password: {#}"),
            row("password", "password=&x", "password=#"),
            row("password", "password=)x", "password=#"),
            row("password", "password=\u001b[33mx", "password=\u001b[33m#"),
            row(
                    "password",
                    "\u001b[33msecret\u001b[0m: \u001b[1;32mx\u001b[0m done",
                    "\u001b[33msecret\u001b[0m: \u001b[1;32m#\u001b[0m done"),
            row("password", "SECRET=<word>rest", "SECRET=#"),
            row("url-password", "postgres://u:hun/ter2@host", "postgres://u:#@host"),
            row("url-password", "postgres://u:hun#ter2@host", "postgres://u:", "@host"),
            row("password", "<password>x</password>", "<password>#</password>"),
            row(
                    "password",
                    "<wsse:Password Type=\"a\">x y</wsse:Password>",
                    "<wsse:Password Type=\"a\">#</wsse:Password>"),
            row("password", "<password><![CDATA[a<b]]></password>", "<password><![CDATA[#]]></password>"),
            row("password", "name=\"password\" value=\"x\"", "name=\"password\" value=\"#\""),
            row(
                    "password",
                    "{\"name\": \"DB_PASSWORD\", \"value\": \"x y\"}",
                    "{\"name\": \"DB_PASSWORD\", \"value\": \"#\"}"),
            row("password", "- name: DB_PASSWORD\n  value: x", "- name: DB_PASSWORD\n  value: #"),
            row("password", "Map(password -> x, b -> c)", "Map(password -> #, b -> c)"),
            row("password", "{:password \"x y\"}", "{:password \"#\"}"),
            row("password", "pass=x", "pass=#"),
            row("password", "db.pass=x", "db.pass=#"),
            row("password", "db.pass: x", "db.pass: #"),
            row("password", "dbPass: x", "dbPass: #"),
            row("password", "user_pw=x", "user_pw=#"),
            row("password", "DB_PASS=x", "DB_PASS=#"),
            row("password", "\\u0022password\\u0022:\\u0022x y\\u0022", "\\u0022password\\u0022:\\u0022#\\u0022"),
            row("password", "\\u0022secret\\u0022: \\u0022x\\u0022", "\\u0022secret\\u0022: \\u0022#\\u0022"),
            row("password", "&quot;password&quot;:&quot;x y&quot;", "&quot;password&quot;:&quot;#&quot;"),
            row("password", "password%3A%20x", "password%3A%20#"),
            row("password", "%22secret%22%3A%22x%22", "%22secret%22%3A%22#%22"),
            row("password", "curl -u admin:x http://h", "curl -u admin:# http://h"),
            row("password", "['curl', '--user', 'admin:x']", "['curl', '--user', 'admin:#']"),
            row("password", "sshpass -p x ssh a", "sshpass -p # ssh a"),
            row("password", "sshpass -px ssh a", "sshpass -p# ssh a"),
            row("password", "password:\n  hunter", "password:\n  #"),
            row("password", "password:\nhunter2x9", "password:\n#"),
            row("password", "password: |\n  hunter two\n  three\nnext: y", "password: |\n  #\nnext: y"),
            row("password", "password: >-\r\n  hunter\r\nnext: y", "password: >-\r\n  #\r\nnext: y"),
            row("url-password", "jdbc:oracle:thin:scott/x@//h:1521/s", "jdbc:oracle:thin:scott/#@//h:1521/s"),
            row("sendgrid", "SG." + "abcdefghijklmnopqrstuv." + HIDDEN + HIDDEN, "#"),
            row("password", "password=ghp_" + HIDDEN + "!tail", "password=#"),
            row("github", "password=ghp_" + HIDDEN, "password=#"),
            row("token", "accessToken=ab12cd34", "accessToken=#"),
            row("token", "token: 'ab12cd34'", "token: '#'"),
            row("query", "GET /a?token=abc&page=2 failed", "GET /a?token=#&page=2 failed"),
            row("query", "/a?x=1&api_key=abc#top", "/a?x=1&api_key=##top"),
            row("query", "/cb?code=4f3c2b1a", "/cb?code=#"));

    private static Arguments row(String kind, String raw, String before, String behind) {
        return Arguments.of(kind, raw, before + "<masked:" + kind + ">" + behind);
    }

    private static Arguments row(String kind, String raw, String masked) {
        int at = masked.indexOf('#');
        return Arguments.of(kind, raw, masked.substring(0, at) + "<masked:" + kind + ">" + masked.substring(at + 1));
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void masksEachKind(String kind, String raw, String masked) {
        assertThat(MASK.mask(raw)).isEqualTo(masked);
        assertThat(MASK.mask(masked)).isEqualTo(masked);
        assertThat(MASK.find(raw)).allSatisfy(span -> {
            assertThat(span.kind()).isEqualTo(kind);
            assertThat(span.reason()).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "invalid token",
                "password is wrong",
                "token expired",
                "token: expired",
                "Authorization failed: 401",
                "Authorization: required",
                "Authorization: 401 Unauthorized",
                "secret not found",
                "password: must not be empty",
                "--password is required",
                "unknown option --token given",
                "expected key: value",
                "KeyError: 'name'",
                "INVALID_TOKEN: Signature has expired",
                "BAD_CREDENTIALS: User is unknown",
                "Bearer token missing",
                "Basic authentication is off",
                "basic setup done",
                "cookie: not found",
                "7f1c0a52-6a0e-4a53-9a0e-2f4ac9d4e1b7",
                "commit 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 is missing",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "https://example.com:8443/v1/users/42?page=1&key=name",
                "ssh://git@github.com/a/b.git",
                "mail bob@example.com at 10:00",
                "PWD=/home/me OLDPWD=/tmp",
                "npm_config_cache_dir=/tmp",
                "test_task_test_environment_2 and sk_test_case",
                "sk-learn 0.24",
                "task-runner-2024-11-05-17-00",
                "let token = parser.next();",
                "Secret::find failed",
                "password=null, token=None",
                "password: ********",
                "{\"password\": \"<secret>\"}",
                "SECRET=<word>",
                "password={} secret=() (password=)",
                "password=(not set)",
                "secret: (none)",
                "secret: {\"name\": \"x\"}",
                "credentials: {user=bob}",
                "?password=&page=2",
                "http://db:8080/a@b and https://h:443?x=a@b",
                "see http://example.com/a:b@c",
                "<password> must not be empty",
                "usage: login <user> <password> [options]",
                "name=\"user\" value=\"x\"",
                "pass=12 fail=3",
                "pass=12/20 pass=95% pass=ok",
                "tests_pass=abc",
                "pass: x",
                "PASS: test_login",
                "render.pass: shadow",
                "TESTS_PASS=12",
                "docker run -u 1000:1000 -p 80:80",
                "jdbc:oracle:thin:@//h:1521/s",
                "password:\nNext line",
                "secrets:\n  name: x",
                "password:\n  is required",
                "fn secret() -> String",
                "error :password is wrong",
                "&quot;password&quot;:&quot;null&quot;",
                "https%3A//h/a",
                "SG.module.Class",
                "AssertionError: assert 401 == 200",
                "tests_pass=12",
                "AuthenticationError: WebSocket handshake refused for user x: token accepted over HTTP, rejected for subprotocol 'jwt-auth'"
            })
    void leavesOrdinaryTextAlone(String text) {
        assertThat(MASK.mask(text)).isEqualTo(text);
    }

    @Test
    void masksAValueByItsName() {
        assertThat(MASK.maskValue("DB_PASSWORD", "open sesame")).isEqualTo("<masked:password>");
        assertThat(MASK.maskValue("access_token", "ab12cd34")).isEqualTo("<masked:token>");
        assertThat(MASK.maskValue("token", "missing")).isEqualTo("missing");
        assertThat(MASK.maskValue("password", "<masked:password>")).isEqualTo("<masked:password>");
        assertThat(MASK.maskValue("url", "https://u:p@h")).isEqualTo("https://u:<masked:url-password>@h");
        assertThat(MASK.maskValue("key", "QA-17")).isEqualTo("QA-17");
    }

    /** How a secret is written, with its secret part as {@code #}. */
    private static final List<String> PLANTS = List.of(
            "-----BEGIN PRIVATE KEY-----\n#\n#\n-----END PRIVATE KEY-----",
            "eyJhbGciOiJIUzI1NiJ9.eyJ#.#",
            "ghp_#",
            "gho_#",
            "github_pat_#",
            "glpat-#",
            "AIza#",
            "ya29.#",
            "xoxb-#",
            "https://hooks.slack.com/services/T0/B0/#",
            " npm_#",
            " pypi-#",
            " sk_" + "live_#",
            "whsec_#",
            " sk-ant-#",
            " Bearer #",
            " Authorization: Basic #",
            " Cookie: sid=#; b=#\n",
            " https://u:#@h",
            " DB_PASSWORD=#",
            " {\"clientSecret\": \"#\"}",
            " accessToken: '#'",
            " --password # ",
            "?token=#&a=b",
            " AccountKey=#==;",
            " aws_secret_access_key=#");

    private static final String[] NOISE = {
        "=",
        ":",
        "\"",
        "'",
        " ",
        "\n",
        "\\",
        "-",
        "--",
        "<",
        ">",
        "password",
        "token",
        "Bearer ",
        "eyJ",
        "://",
        "@",
        "a.",
        "_",
        "?",
        "&",
        "cookie: ",
        "Authorization: ",
        "é",
        "😀",
        "AKIA",
        "sk-",
        "%3D",
        "[",
        "]",
        "<masked:",
        "-----END ",
        "null",
        ";",
        ","
    };

    @Test
    void leavesNoSecretInRandomTextAndMasksOnceAndForAll() {
        for (long seed = 0; seed < 3_000; seed++) {
            var random = new SplittableRandom(seed);
            int length = 1 << random.nextInt(4, seed % 50 == 0 ? 15 : 9);
            var text = new StringBuilder(noise(random, length));
            var secrets = new ArrayList<String>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                String secret = random(random, random.nextInt(28, 60)) + "7aB";
                secrets.add(secret);
                int at = random.nextInt(text.length() + 1);
                // Within another's secret it would be a part of that; between, everything goes.
                text.append(PLANTS.get(random.nextInt(PLANTS.size())).replace("#", secret));
                text.append(noise(random, at % 100));
            }
            String raw = text.toString();

            String masked = MASK.mask(raw);

            for (String secret : secrets) {
                int at = raw.indexOf(secret);
                assertThat(masked)
                        .as("seed %d, behind %s", seed, raw.substring(Math.max(0, at - 60), at))
                        .doesNotContain(secret);
            }
            assertThat(MASK.mask(masked)).as("seed %d", seed).isEqualTo(masked);
            assertThat(MASK.mask(raw)).isEqualTo(masked);
            int end = 0;
            for (Span span : MASK.find(raw)) {
                assertThat(span.start()).as("seed %d", seed).isGreaterThanOrEqualTo(end);
                end = span.end();
            }
            assertThat(end).isLessThanOrEqualTo(raw.length());
        }
    }

    /** Looking only where something can begin must find what looking everywhere does. */
    @Test
    void shortcutsFindWhatALookEverywhereFinds() {
        List<String> baits = baits().toList();
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new SplittableRandom(seed);
            var text = new StringBuilder(noise(random, random.nextInt(60)));
            for (int i = random.nextInt(5); i >= 0; i--) {
                text.append(
                        switch (random.nextInt(4)) {
                            case 0 ->
                                PLANTS.get(random.nextInt(PLANTS.size())).replace("#", random(random, 20) + "7aB");
                            case 1 -> baits.get(random.nextInt(baits.size()));
                            case 2 -> raw(random);
                            default -> anything(random, random.nextInt(40));
                        });
                text.append(noise(random, random.nextInt(30)));
            }
            String raw = text.toString();

            List<Span> everywhere = new SecretScan(raw, true).spans();

            assertThat(new SecretScan(raw).spans()).as("seed %d: %s", seed, raw).isEqualTo(everywhere);
            assertThat(MASK.mask(raw)).as("seed %d: %s", seed, raw).isEqualTo(Span.replaceAll(raw, everywhere));
        }
    }

    @Test
    void namesSayTheSameWithAndWithoutALookAtTheirEnds() {
        List<String> names = SecretName.all().stream().sorted().toList();
        for (long seed = 0; seed < 20_000; seed++) {
            var random = new SplittableRandom(seed);
            var text = new StringBuilder(random.nextBoolean() ? anything(random, random.nextInt(8)) : "");
            text.append("_- .xA".charAt(random.nextInt(6)));
            for (char c : names.get(random.nextInt(names.size())).toCharArray()) {
                text.append(random.nextInt(4) == 0 ? Character.toUpperCase(c) : c);
                text.append(random.nextInt(12) == 0 ? "_" : random.nextInt(40) == 0 ? "\u0130" : "");
            }
            text.append(random.nextInt(3) == 0 ? "_-s1\u212a".charAt(random.nextInt(5)) : ' ');
            String name = text.toString().strip();

            assertThat(SecretName.of(name, true))
                    .as("seed %d: %s", seed, name)
                    .isEqualTo(SecretName.ofParts(name, true));
            assertThat(SecretName.of(name, false))
                    .as("seed %d: %s", seed, name)
                    .isEqualTo(SecretName.ofParts(name, false));
        }
    }

    private static String raw(SplittableRandom random) {
        return String.valueOf(KINDS.get(random.nextInt(KINDS.size())).get()[1]);
    }

    /** Any characters, some of which lower case turns into ASCII letters. */
    private static String anything(SplittableRandom random, int length) {
        String odd = "\u0130\u0131\u017f\u212a\u00a0\ud83d\ude00\n\t\"'`<>=:%-&;\\";
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(
                    switch (random.nextInt(5)) {
                        case 0 -> odd.charAt(random.nextInt(odd.length()));
                        case 1 -> (char) random.nextInt(0x3000);
                        default -> (char) random.nextInt(' ', 0x7f);
                    });
        }
        return text.toString();
    }

    private static String noise(SplittableRandom random, int length) {
        var text = new StringBuilder();
        while (text.length() < length) {
            text.append(
                    random.nextInt(4) > 0 ? random(random, random.nextInt(1, 9)) : NOISE[random.nextInt(NOISE.length)]);
        }
        return text.toString();
    }

    private static String random(SplittableRandom random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(ALNUM.charAt(random.nextInt(ALNUM.length())));
        }
        return text.toString();
    }

    static Stream<String> baits() {
        Stream<String> names = SecretName.all().stream()
                .sorted()
                .flatMap(name -> Stream.of(name + ": a ", name + "=a ", name + ": no ", "--" + name + " a "));
        Stream<String> schemes = Stream.concat(SecretScan.SCHEMES.stream(), SecretScan.LISTS.stream())
                .distinct()
                .sorted()
                .flatMap(scheme -> Stream.of(scheme + " a ", "authorization: " + scheme + " a "));
        return Stream.of(
                        names,
                        schemes,
                        Stream.of(
                                "Authorization: digest no ",
                                "authorization: hawk a ",
                                "password='*",
                                "password={a}}",
                                "password={a ",
                                "a://b:c",
                                "a:\\/\\/b:c/",
                                "\u001b[",
                                "\u001b[1m:",
                                "secret=<a> ",
                                "<password>a",
                                "<password ",
                                "<password><![CDATA[",
                                "curl -u ",
                                "curl -u a:",
                                "sshpass -p",
                                "jdbc:oracle:thin:a/b",
                                "name=password",
                                "name: password, value",
                                "{:password ",
                                "password:\n",
                                "password: |\n ",
                                "password: |\n  a\n",
                                "->",
                                "password->",
                                "pass=1/",
                                "pass=1 ",
                                "a.pass=1 ",
                                "dbPass:",
                                "pass=",
                                "%3A",
                                "password%3A%20",
                                "password:&#34;a ",
                                "password&quot;:&quot;null",
                                "-u "),
                        Stream.of(
                                "eyJ",
                                ":",
                                "=",
                                "-----BEGIN ",
                                "-----END ",
                                "a.",
                                "sk-",
                                "ghp_",
                                "ghp_.",
                                "token=",
                                "token=a ",
                                "password='",
                                "password=\"\" ",
                                "Bearer ",
                                "bearer a1",
                                "Cookie: ",
                                "cookie: a=",
                                "Authorization: Digest ",
                                "--password ",
                                "--token ",
                                "://",
                                "a://b:",
                                "a://b@",
                                "?token=",
                                "<masked:",
                                "<",
                                "\\",
                                "\"",
                                "a_",
                                "A",
                                "Ab",
                                "%3D",
                                "whsec_",
                                "hooks.slack.com/services/",
                                "AKIA",
                                "basic aaaa",
                                "a-",
                                "\n",
                                "pwd: ",
                                "token:'",
                                "password:\\\""),
                        Stream.of("eyJ.", "-----BEGIN x-----END ", "=:", "password=x", "/", "+/=\n"))
                .flatMap(baits -> baits);
    }

    @ParameterizedTest
    @MethodSource("baits")
    void staysLinearOnHostileRepeats(String bait) {
        String text = bait.repeat(1_000_000 / bait.length());

        String masked = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> MASK.mask(text));

        assertThat(masked.length()).isLessThanOrEqualTo(20 * text.length());
    }
}
