package dev.tripline.analyzer.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kinds of text that vary between failures of one cause: whichever member stands in a sentence, the pattern is the same. */
class VariableKindsTest {

    private static final Normaliser NORMALISER = Normaliser.standard();
    private static final int SENTENCES = 40;
    private static final int MEMBERS = 40;

    /**
     * One kind a line: name, then forms parted by {@code ||}, which are one kind together. {@code {h4}} draws four
     * hexadecimal digits, {@code {1-9}} a number; see {@link #draw}.
     */
    private static final String ANYWHERE = """
            MAC: {h2}:{h2}:{h2}:{h2}:{h2}:{h2} || {H2}:{H2}:{H2}:{H2}:{H2}:{H2} || {d2}:{d2}:{d2}:{d2}:{d2}:{d2}
            MAC with hyphens: {h2}-{h2}-{h2}-{h2}-{h2}-{h2} || {H2}-{H2}-{H2}-{H2}-{H2}-{H2}
            MAC in three: {h4}.{h4}.{h4}
            colon-hex: {h2}:{h2}:{h2}:{h2}:{h2}:{h2}:{h2}:{h2} || {H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}:{H2}
            UUID: {h8}-{h4}-{h4}-{h4}-{h12} || {H8}-{H4}-{H4}-{H4}-{H12}
            UUID without hyphens: {h32}
            ULID: 01{c24}
            KSUID: 2{w26}
            nano id: {r21} || {r12}_{r8}
            object id: {g24}
            snowflake: {1000000000000000-9000000000000000000}
            MD5: {h32} || {H32}
            SHA-1: {h40}
            SHA-256: {h64} || {H64}
            SHA-512: {h128}
            hash with its algorithm: sha256:{h64}
            short hash: {g7} || {g8} || {g10} || {g12}
            base64: {b40}Q7== || {b41}x4= || {b62}4/ || {b81}a+8
            base64 for URLs: {r22} || {r43} || {r43}-{w20}
            id of letters and digits: {l3}{1-9}{a1}{1-9}{l5} || {w4}{1-9}{a1}{1-9}{w6}
            order: {A1}{10-99}-{1000-9999}
            ticket: INV-{1000-9999}-{10000-99999}
            prefixed id: cus_{r14} || pi_{r24}
            instance: i-0{g16}
            request: req-{g6}
            user: user{1-99999}
            label of letter and digit: Cluster_{A1}{1-9} || Cluster_{A1}{10-99}
            pod of a deployment: cart-{k9}-{k5} || cart-{k10}-{k5} || cart-{k8}-{k5}
            pod of a deployment of several words: cart-web-api-{k9}-{k5} || cart-web-api-{k10}-{k5}
            pod of a daemon set: node-exporter-{k5}
            pod of a stateful set: postgres-{0-99}
            pod of a cron job: backup-{20000000-29999999}-{k5}
            container of compose: shop-web-{1-20} || shop-web-{1-20}
            container id: {h12} || {h64}
            host: {a5}.example.com || {a3}-{1-99}.{a4}.example.org || www.{a6}.net || {a2}{1-99}.{a3}.{a5}.io || {a4}.{a5}.co.uk
            host of any top level: www.{a6}.photography || api.{a5}.museum || mail.{a4}.berlin || {a3}-{1-9}.{a4}.corp || ip-10-{1-9}-{1-9}-{1-9}.{a4}.compute
            host and port: {a5}.example.com:{1000-65000} || {a4}-{1-99}:{1000-65000} || localhost:{1-65000}
            IPv4: {1-255}.{0-255}.{0-255}.{0-255} || {1-255}.{0-255}.{0-255}.{0-255}:{1-65535}
            network: {1-255}.{0-255}.{0-255}.0/{8-30}
            IPv6: fe80::{h4}:{h4} || 2001:db8:{h4}:{h4}:{h4}:{h4}:{h4}:{h4} || ::1 || fd00::{h3}
            IPv6 with a zone: fe80::{h4}:{h4}%eth{0-9} || fe80::{h4}%en{0-9} || fe80::{h4}:{h3}%{1-20}
            IPv6 of an IPv4: ::ffff:{1-255}.{0-255}.{0-255}.{0-255}
            IPv6 network: 2001:db8:{h4}::/{32-64}
            IPv6 and port: [fe80::{h4}:{h4}]:{1-65000} || [fe80::{h4}%eth{0-9}]:{1-65000} || [::1]:{1-65000}
            path on Linux: /var/lib/{a6}/{l8}.log || /tmp/{w8} || /home/{a5}/.cache/{a4}-{1-9}/x.txt || /opt/{a4}/{g8}
            path on macOS: /Users/{a5}/Library/Caches/{a6}.plist || /private/var/folders/{a2}/{l12}/T/{a6}
            path on Windows: C:\\Users\\{a5}\\AppData\\{a6}.txt || D:\\{a6}\\{a4}-{1-99} || {A1}:/work/{a5}.log || {A1}:\\{a5}.exe
            share on Windows: \\\\{a6}\\{a5}\\{a6}.txt || \\\\{a4}{1-9}\\{a5}
            relative path: src/{a5}/{a6}.py || ./{a5}/{a4}_test.go || ../{a6}/{a5}.ts || ~/{a6}/{a4}.cfg
            path and line: src/{a5}/{a6}.py:{1-999} || src/{a5}/{a6}.js:{1-999}:{1-99}
            URL: https://{a6}.example.com/users/{1-999} || https://{a5}.example.org:{1000-9999}/users/{g8} || https://{1-255}.{0-255}.{0-255}.9/users/{h8}-{h4}-{h4}-{h4}-{h12}
            URL with a query: http://{a6}.example.com/find?q={a5}&page={1-99} || http://{a6}.example.com/find?x={1-999}
            URL of a file: file:///{a5}/{a6}.txt || file:///{a5}/{g8}/{a6}
            URL of a database: jdbc:postgresql://{a6}:{1000-9999}/{a6} || jdbc:postgresql://{a6}.{a4}.com:{1000-9999}/{a6}
            URL of a bucket: s3://{a6}-{1-9}/{a6}/{g8}.csv || s3://{a6}/{a6}.csv
            e-mail: {a5}@example.com || {a4}.{a5}@mail.{a5}.org || {a4}+{a5}@{a5}.de || {a3}_{1-99}@{a5}-{a4}.co.uk
            ISO duration: PT{1-59}S || PT{1-9}M || P{1-9}DT{1-9}H || PT{1-9}H{1-59}M{1-59}S || PT0.{1-9}S || P{1-9}D || P{1-3}W
            duration: {1-999}ms || {1-59}s || {1-59}.{1-9}s || {1-59} s || {1-9}h{1-59}m || {1-9}h{1-59}m{1-9}s || {1-9}m {1-59}s || {1-9}m{1-59}.{1-9}s || {1-59} seconds || {2-59} minutes || {1-9} hours and {2-59} minutes || {1-9} hours, {2-59} minutes || {1-9} days, {1-9}:{10-59}:{10-59} || {1-999} µs || {1-999}us || {1-999}ns || <{1-9} ms || ~{1-9}s || {1-9} min {1-59} sec || {1-9} min || {1-9} d
            size: {1-999} bytes || {1-999} KB || {1-999}MB || {1-99}.{1-9} MiB || {1-9} GB || {1-999}B || {1-9},{100-999} bytes || {1000-9999} bytes ({1-9}.{10-99} KB) || {1000-9999999} bytes ({1-9} MB) || {1-9}.{1-9} KB ({1000-9999} bytes) || {1-9}.{1-9}k || {1-9} kiB
            rate: {1-99} MB/s || {1-9}.{1-9} KiB/s || {1-999} B/s
            percentage: {1-99}% || {1-99}.{1-9}% || {1-99} % || {1-99} percent || -{1-9}%
            money: ${1-999} || ${1-99}.{10-99} || ${1-9},{100-999}.{10-99} || €{1-99}.{10-99} || {1-99}.{10-99} € || £{1-99} || EUR {1-99}.{10-99} || {1-99}.{10-99} USD || USD {1-999} || -${1-9} || {1-9}.{100-999},{10-99} EUR
            count: {1-999} || {1-9},{100-999} || -{1-99} || +{1-99} || {1-9}.{1-999} || {1-9}e{1-9} || {1-9}.{1-9}E-{1-9} || {1-9}_{100-999}
            count of a total: {1-9}/{10-99} || {10-99}/{100-999}
            numbered: #{1-9999}
            version: {1-9}.{1-9}.{1-9} || {1-9}.{0-99} || v{1-9}.{0-99}.{0-9} || {1-9}.{0-9}.{0-9}-rc.{1-9} || {1-9}.{0-9}.{0-9}-SNAPSHOT || {1-9}.{0-9}.{0-9}+{g7} || {1-9}.{0-9}.{0-9}.RELEASE || {1-9}.{0-9}.{0-9}-beta{1-9} || v{1-9}.{0-9}.{0-9}-alpha.{1-9}+build.{1-99} || {10-20}.0.{1-9}+{1-9}
            file of a version: lib-{1-9}.{0-9}.{0-9}.jar || lib-{1-9}.{0-9}.jar
            thread of a pool: pool-{1-9}-thread-{1-99}
            thread of a server: http-nio-8080-exec-{1-99}
            thread of fork and join: ForkJoinPool.commonPool-worker-{1-99}
            thread of an event loop: nioEventLoopGroup-{1-9}-{1-99}
            thread of Python: ThreadPoolExecutor-{0-9}_{0-9}
            thread: Thread-{1-99}
            goroutine: goroutine {1-9999} [running]
            address: 0x7f{h10} || 0x{g6} || 0x000000{h10} || 0X{H8}7a
            bare address: 00007FFA{H8}
            object of Java: com.acme.Cart@{h8} || com.acme.Cart@{h7} || com.acme.Cart@{h6}
            short object of Java: Cart@{h8} || Cart@{h4}
            array of Java: [B@{h7} || [B@{h8}
            lambda of Java: Cart$$Lambda$14/0x{h16}@{h8} || Cart$$Lambda$207/0x{h16}@{h7}
            quoted id: '{g8}' || '{1-9999}' || '{h8}-{h4}-{h4}-{h4}-{h12}' || '{A1}{10-99}-{1000-9999}'
            """;

    /** Kinds that only the words around them make known: forms, then sentences with {@code @} where a member stands. */
    private static final String IN_CONTEXT = """
            container of Docker: {a6}_{a7} || {a5}_{a5}{1-9} >> container @ exited || no such container: @ || Container "@" is not running
            host without a dot: {a5} || {a4}-{a3} || {a3}{1-99} || {a5}.{a4}.{a9} || {a5}-{1-9}.{a4} >> getaddrinfo ENOTFOUND @ || getaddrinfo EAI_AGAIN @ || Could not resolve host: @ || dial tcp: lookup @: no such host || unknown host @ || failed to resolve hostname '@'
            host and port by name: {a5}:{1000-65000} || {a4}.{a5}.{a4}:{1000-65000} || {a4}-{a3}:80 || {a4}:443 || {1-255}.{0-255}.{0-255}.1:{1-65000} >> connect to @ refused || dial tcp @: connect: connection refused || cannot connect to @, gave up || connection to @ lost || Failed to connect to @ || proxy @ closed
            host and well-known port: {a5}:80 || {a4}.{a5}.com:80 || {a5}:443 || {a4}:8080 || {a6}:5432 >> @ error : refused || lost @ || gave up, @ closed
            host, port told apart: {a5} || {a4}.{a5}.{a4} || {1-255}.{0-255}.{0-255}.1 >> Failed to connect to @ port 5432 || connection to server at "@", port 5432 failed
            signed or less: {1-9} ms || {10-99} ms || <1 ms || < 1 ms || ~{1-9} ms || >{1-9} s >> took @ || answered after @, too late
            size told twice: {1-999} bytes || {1000-9999} bytes ({1-9}.{10-99} KB) || {1000000-9999999} bytes ({1-9}.{10-99} MB) >> closed, @ sent || @ sent || wrote @
            access point: {h2}:{h2}:{h2}:{h2}:{h2}:{h2} >> access point changed to @
            """;

    private static final List<String> WORDS = List.of(
            "cannot",
            "the",
            "while",
            "loading",
            "payment",
            "checkout",
            "was",
            "lost",
            "reading",
            "again",
            "basket",
            "gone",
            "stock",
            "because",
            "missing",
            "stale",
            "sorry",
            "still",
            "before",
            "giving",
            "up",
            "late",
            "not",
            "found");
    private static final List<String> OPENINGS = List.of(" ", " ", " ", " '", " (", " [", " \"", "=", ": ", ", ");
    private static final List<String> CLOSINGS = List.of("", "", "", "'", ")", "]", "\"", "", "", "");

    private static final List<String> SPELLINGS = List.of(
            "yyyy-MM-dd'T'HH:mm:ss'Z'",
            "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'",
            "yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'",
            "yyyy-MM-dd'T'HH:mm:ssXXX",
            "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
            "yyyy-MM-dd'T'HH:mm:ss.SSSXX",
            "yyyy-MM-dd'T'HH:mmXXX",
            "yyyy-MM-dd'T'HH:mm:ss",
            "yyyy-MM-dd'T'HH:mm:ss.SSSSSS",
            "yyyy-MM-dd'T'HH:mm",
            "yyyy-MM-dd'T'HH:mm:ssXXX'['VV']'",
            "yyyyMMdd'T'HHmmss'Z'",
            "yyyyMMdd'T'HHmmss",
            "yyyy-MM-dd HH:mm:ss",
            "yyyy-MM-dd HH:mm:ss,SSS",
            "yyyy-MM-dd HH:mm:ss.SSS",
            "yyyy-MM-dd HH:mm:ss.SSSSSSxxx",
            "yyyy-MM-dd HH:mm:ss xx",
            "yyyy-MM-dd HH:mm:ss 'UTC'",
            "yyyy-MM-dd HH:mm:ss.SSS 'CET'",
            "yyyy-MM-dd HH:mm",
            "yyyy-MM-dd",
            "yyyy/MM/dd HH:mm:ss",
            "yyyy/MM/dd",
            "yyyy.MM.dd HH:mm:ss",
            "yyyy-MM-dd-HH.mm.ss.SSSSSS",
            "yyyy-MM-dd_HH-mm-ss",
            "dd/MM/yyyy HH:mm:ss",
            "MM/dd/yyyy hh:mm:ss a",
            "M/d/yyyy h:mm a",
            "M/d/yyyy, h:mm:ss a",
            "dd.MM.yyyy HH:mm:ss",
            "dd.MM.yyyy",
            "d.M.yyyy HH:mm",
            "dd/MMM/yyyy:HH:mm:ss xx",
            "dd-MMM-yyyy HH:mm:ss",
            "dd-MMM-yy hh.mm.ss.SSSSSSSSS a",
            "dd MMM yyyy HH:mm:ss",
            "d MMM yyyy",
            "MMM d, yyyy h:mm:ss a",
            "MMM d, yyyy",
            "MMMM d, yyyy",
            "d MMMM yyyy 'at' HH:mm",
            "MMM dd HH:mm:ss",
            "MMM dd HH:mm:ss.SSS",
            "EEE MMM dd HH:mm:ss yyyy",
            "EEE MMM dd HH:mm:ss 'UTC' yyyy",
            "EEE MMM dd yyyy HH:mm:ss 'GMT'xx",
            "EEE, dd MMM yyyy HH:mm:ss 'GMT'",
            "EEE, d MMM yyyy HH:mm:ss xx",
            "EEEE, dd-MMM-yy HH:mm:ss 'GMT'",
            "HH:mm:ss",
            "HH:mm:ss.SSS",
            "HH:mm:ss,SSS",
            "HH:mm",
            "h:mm a",
            "h:mm:ss a",
            "HH:mm:ss'Z'",
            "HH:mm:ssXXX");

    static Stream<String> anywhere() {
        return Arrays.stream(ANYWHERE.split("\n"));
    }

    static Stream<String> inContext() {
        return Arrays.stream(IN_CONTEXT.split("\n"));
    }

    @ParameterizedTest
    @MethodSource("anywhere")
    void hasOnePatternWhateverMemberStandsInASentence(String row) {
        String[] forms = row.substring(row.indexOf(": ") + 2).split(" \\|\\| ");
        long seed = row.hashCode();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < SENTENCES; i++) {
            String sentence = sentence(random);
            String[] members = new String[MEMBERS + forms.length];
            for (int j = 0; j < members.length; j++) {
                members[j] = draw(j < forms.length ? forms[j] : forms[random.nextInt(forms.length)], random);
            }
            assertOnePattern(sentence, members, seed);
        }
    }

    @ParameterizedTest
    @MethodSource("inContext")
    void hasOnePatternWhereWordsSayWhatItIs(String row) {
        String[] halves = row.substring(row.indexOf(": ") + 2).split(" >> ");
        String[] forms = halves[0].split(" \\|\\| ");
        long seed = row.hashCode();
        SplittableRandom random = new SplittableRandom(seed);
        for (String sentence : halves[1].split(" \\|\\| ")) {
            String[] members = new String[MEMBERS + forms.length];
            for (int j = 0; j < members.length; j++) {
                members[j] = draw(j < forms.length ? forms[j] : forms[random.nextInt(forms.length)], random);
            }
            assertOnePattern(sentence, members, seed);
        }
    }

    static Stream<String> spellings() {
        return SPELLINGS.stream();
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void hasOnePatternForAllTimesInAllSpellings(String spelling) {
        long seed = 20261128;
        SplittableRandom random = new SplittableRandom(seed);
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(spelling, Locale.ENGLISH);
        List<ZoneId> zones = List.of(ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneId.of("America/New_York"));
        for (int i = 0; i < SENTENCES; i++) {
            String sentence = sentence(random);
            String[] members = new String[MEMBERS + 1];
            members[0] = "2025-09-11T08:00:00Z";
            for (int j = 1; j < members.length; j++) {
                members[j] = formatter.format(ZonedDateTime.ofInstant(
                        Instant.ofEpochMilli(random.nextLong(0, 4_000_000_000_000L)),
                        zones.get(random.nextInt(zones.size()))));
            }
            assertOnePattern(sentence, members, seed);
        }
    }

    /** What colours a text is no part of it, wherever it stands. */
    @ParameterizedTest
    @MethodSource("anywhere")
    void colouringChangesNoPattern(String row) {
        String[] forms = row.substring(row.indexOf(": ") + 2).split(" \\|\\| ");
        long seed = row.hashCode();
        SplittableRandom random = new SplittableRandom(seed);
        for (String form : forms) {
            String plain = sentence(random).replace("@", draw(form, random));
            StringBuilder coloured = new StringBuilder(plain);
            for (int i = 0; i < 4; i++) {
                String[] codes = {"\u001b[31m", "\u001b[0m", "\u001b[1;38;5;214m", "\u001b[K", "\u001b]8;;x\u0007"};
                coloured.insert(
                        coloured.lastIndexOf("\u001b") < 0 ? random.nextInt(plain.length()) : 0,
                        codes[random.nextInt(codes.length)]);
            }
            assertThat(NORMALISER.patternOf(null, coloured.toString()))
                    .as("seed %d, %s", seed, plain)
                    .isEqualTo(NORMALISER.patternOf(null, plain));
        }
    }

    private static void assertOnePattern(String sentence, String[] members, long seed) {
        String expected = display(sentence.replace("@", members[0]));
        for (String member : members) {
            String message = sentence.replace("@", member);
            assertThat(display(message))
                    .as("seed %d, %s beside %s", seed, message, members[0])
                    .isEqualTo(expected);
        }
    }

    private static String display(String message) {
        return NORMALISER.patternOf(null, message).display();
    }

    private static String sentence(SplittableRandom random) {
        StringBuilder text = new StringBuilder(word(random));
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(' ').append(word(random));
        }
        int around = random.nextInt(OPENINGS.size());
        text.append(OPENINGS.get(around)).append('@').append(CLOSINGS.get(around));
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(' ').append(word(random));
        }
        return text.toString();
    }

    private static String word(SplittableRandom random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    /**
     * Draws a member of a form: {@code {LN}} draws N characters of the alphabet that the letter L names, {@code {M-N}} a
     * number, and everything else is itself.
     */
    private static String draw(String form, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < form.length()) {
            int end = form.charAt(at) == '{' ? form.indexOf('}', at) : -1;
            if (end < 0) {
                text.append(form.charAt(at++));
                continue;
            }
            String what = form.substring(at + 1, end);
            int hyphen = what.indexOf('-');
            if (hyphen > 0) {
                text.append(random.nextLong(
                        Long.parseLong(what.substring(0, hyphen)), Long.parseLong(what.substring(hyphen + 1)) + 1));
            } else {
                int length = Integer.parseInt(what.substring(1));
                String drawn = characters(what.charAt(0), length, random);
                while (what.charAt(0) == 'g' && !drawn.matches(".*[0-9].*[a-f].*|.*[a-f].*[0-9].*")) {
                    drawn = characters('h', length, random);
                }
                // With fewer digits, letters drawn at random may look like a name.
                while (what.charAt(0) == 'r' && !drawn.matches("(?=.*[A-Z])(?=.*[0-9][a-z])([^0-9]+[0-9]){3}.*")) {
                    drawn = characters('w', length, random);
                }
                while (what.charAt(0) == 'k' && drawn.equals("https")) {
                    drawn = characters('k', length, random);
                }
                text.append(drawn);
            }
            at = end + 1;
        }
        return text.toString();
    }

    private static String characters(char alphabet, int length, SplittableRandom random) {
        String lower = "abcdefghijklmnopqrstuvwxyz";
        String upper = lower.toUpperCase(Locale.ROOT);
        String digits = "0123456789";
        String from = switch (alphabet) {
            case 'h', 'g' -> digits + "abcdef";
            case 'H' -> digits + "ABCDEF";
            case 'd' -> digits;
            case 'a' -> lower;
            case 'A' -> upper;
            case 'l' -> lower + digits;
            case 'w', 'r' -> lower + upper + digits;
            case 'k' -> "bcdfghjklmnpqrstvwxz2456789";
            case 'c' -> "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
            case 'b' -> lower + upper + digits + "+/";
            case 'u' -> lower + upper + digits + "-_";
            default -> throw new IllegalArgumentException("no alphabet " + alphabet);
        };
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.toString();
    }
}
