package dev.tripline.sink.filing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IssueRendererTest {
    private static final Markers MARKERS =
            new Markers(List.of(new MarkerKey("k1", "0123456789abcdef".getBytes(StandardCharsets.UTF_8))));
    private final IssueRenderer renderer = new IssueRenderer(MARKERS, "github:acme/shop");

    @Test
    void writesTheIssueOfRaceAfterTheSecondMorning() throws IOException {
        IssueDraft draft = renderer.draft(Incidents.race());

        assertThat(draft.body())
                .contains("5 of its 8 tests have not run since 2025-09-10 15:06 UTC, 3 fail differently now");
        assertThat(draft.title())
                .endsWith("8 tests in 3 suites failed; 5 not run since, 3 fail differently now (staging)");
        assertThat(whole(draft)).isEqualTo(snapshot("race.md"));
    }

    @Test
    void writesACriticalIssueWithItsDeployment() throws IOException {
        IssueDraft draft = renderer.draft(Incidents.subprotocol());

        assertThat(draft.title())
                .isEqualTo("[CRITICAL] websockets.exceptions.NegotiationError: no subprotocols supported"
                        + " — 4 tests in 2 suites (staging)");
        assertThat(whole(draft)).isEqualTo(snapshot("critical.md"));
    }

    @Test
    void writesAHighIssueThatNamesTheOneBeforeAndFoldsWhatIsLong() throws IOException {
        var before = new KnownIssue(
                "orders-1",
                "github:acme/shop",
                FilingState.CLOSED,
                "7",
                "https://github.com/acme/shop/issues/7",
                null,
                1,
                Instant.EPOCH,
                null,
                0,
                Phase.RESOLVED,
                null,
                List.of(),
                Severity.HIGH);

        IssueDraft draft = renderer.draft(Incidents.cameBack("orders-1"), null, before);

        assertThat(draft.body())
                .contains("[issue 7 at `github.com`](<https://github.com/acme/shop/issues/7>), incident `orders-1`")
                .containsSubsequence("outcome `4f1c/7/1`", "outcome `4f1c/8/1`")
                .contains("step(Orders.java:20)", "… and 10 more lines.")
                .doesNotContain("step(Orders.java:21)");
        assertThat(renderer.draft(Incidents.cameBack("orders-1")).body())
                .contains("was resolved before: incident `orders-1`.");
        assertThat(whole(draft)).isEqualTo(snapshot("high.md"));
    }

    @Test
    void writesAMediumIssueOfATargetThatIsMissed() throws IOException {
        IssueDraft draft = renderer.draft(Incidents.belowTarget());

        assertThat(draft.body()).contains("since 2025-09-10 15:02 UTC, 22 hours before the newest outcome");
        assertThat(whole(draft)).isEqualTo(snapshot("medium.md"));
    }

    @Test
    void writesALowIssueOfTestsThatPassAgain() throws IOException {
        IssueDraft draft = renderer.draft(Incidents.passingAgain());

        assertThat(draft.title()).endsWith("2 tests in 1 suite failed; none fails now (staging)");
        assertThat(whole(draft)).isEqualTo(snapshot("low.md"));
    }

    @Test
    void linksPagesAndNothingElse() {
        assertThat(Markdown.link("page", "https://ci.example.com:8443/a_b/(c)/@d?x=1&y=*#l$1"))
                .isEqualTo(
                        "[page at `ci.example.com`](<https://ci.example.com:8443/a_b/%28c%29/%40d?x=1&y=%2A#l%241>)");
        for (String address : List.of(
                "javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "//example.com/a",
                "https://",
                "https://example.com/a b",
                "https://example.com/a\nb",
                "https://example.com/<b>",
                "https://example.com/`@user",
                "https://example.com/\u202Efdp",
                "https://example.com/\\)[x](javascript:1)",
                "https://example.com\\@evil.example/",
                "https://github.com@evil.example/")) {
            String shown = Markdown.link("page", address);

            assertThat(shown).as(address).startsWith("page `");
            assertThat(outsideCode(shown)).as(address).isEqualTo("page ");
        }
    }

    @Test
    void showsNoSecretOfAnAddress() {
        assertThat(Markdown.link("page", "https://ci.example.com/7?id=1&access_token=s3cr3t#top"))
                .isEqualTo("[page at `ci.example.com`](<https://ci.example.com/7>)");
        assertThat(Markdown.link("page", "https://ci.example.com/7#id_token=s3cr3t"))
                .doesNotContain("s3cr3t");
        assertThat(Markdown.link("page", "https://me:s3cr3t@ci.example.com/7"))
                .isEqualTo("page `https://<secret>@ci.example.com/7`");
    }

    @Test
    void keepsHostileTextFromTakingEffect() {
        // Given
        String forged = MARKERS.ofIssue("victim", "github:acme/shop", null);
        String hostile =
                "@user @org/team #1 GH-1 a/b#1 Fixes #1 <b>x</b> ```` `` ` | [x](javascript:1) ![i](http://x.y) "
                        + "\u202Eevil\u200B\u0000 \u001B[31mred " + forged + "\n```\n</details>\n" + forged;

        // When
        IssueDraft draft = renderer.draft(Incidents.hostile(hostile));

        // Then
        assertThat(MARKERS.claimOf(draft.body()).map(Markers.Claim::incidentId)).contains("hostile-1");
        assertThat(draft.body().split("<!--", -1)).hasSize(2);
        assertThat(draft.body()).doesNotContain("\u202E", "\u200B", "\u0000", "\u001B");
        String outside = outsideCode(draft.body());
        assertThat(outside.split("<details>", -1)).hasSameSizeAs(outside.split("</details>", -1));
        assertThat(outside).doesNotContain("@", "#1", "GH-1", "<b>", "javascript", "http");
        assertThat(draft.title()).doesNotContain("@", "#1", "\u202E", "\n").hasSizeLessThanOrEqualTo(256);
    }

    @Test
    void staysWithinTheTrackersLimitAndStillEndsWithItsMarker() {
        var random = new SplittableRandom(7);
        for (int round = 0; round < 50; round++) {
            var text = new StringBuilder();
            int length = random.nextInt(40_000);
            for (int i = 0; i < length; i++) {
                text.appendCodePoint(
                        random.nextInt(4) == 0
                                ? random.nextInt(0x10FFFF)
                                : "`|<@#\n\\~>-! ".codePointAt(random.nextInt(12)));
            }

            IssueDraft draft = renderer.draft(Incidents.hostile(text.toString()));

            assertThat(draft.body().length()).as("round %d", round).isLessThanOrEqualTo(IssueRenderer.BODY_LIMIT);
            assertThat(draft.title().length()).as("round %d", round).isLessThanOrEqualTo(256);
            assertThat(MARKERS.claimOf(draft.body()).map(Markers.Claim::incidentId))
                    .as("round %d", round)
                    .contains("hostile-1");
            assertThat(outsideCode(draft.body())).as("round %d", round).doesNotContain("@");
        }
    }

    @Test
    void takesOnlyTheLastMarkerAndOnlyASignedOne() {
        String ours = MARKERS.ofIssue("a", "github:acme/shop", "12");

        assertThat(MARKERS.claimOf("text\n" + ours + "\nnote"))
                .contains(new Markers.Claim("a", "github:acme/shop", "12"));
        assertThat(MARKERS.claimOf(ours + "\n" + MARKERS.ofIssue("b--> c", "local -- #1", null)))
                .contains(new Markers.Claim("b--> c", "local -- #1", null));
        assertThat(MARKERS.claimOf(ours + "\n<!-- tripline:v1 incident=a key=k1 sig=AAAAAAAAAAAAAAAAAAAAAA -->"))
                .isEmpty();
        for (String part : List.of("incident=a", "in=github:acme%2Fshop", "number=12", "v2")) {
            assertThat(ours).contains(part);
            assertThat(MARKERS.claimOf(ours.replace(part, part.replaceAll(".$", "3"))))
                    .as(part)
                    .isEmpty();
        }
        assertThat(MARKERS.claimOf(ours.replace(" number=12", ""))).isEmpty();
        assertThat(MARKERS.claimOf(MARKERS.ofComment("a", 3))).isEmpty();
        assertThat(MARKERS.isComment(MARKERS.ofComment("a", 3), "a", 3)).isTrue();
        assertThat(MARKERS.isComment(MARKERS.ofComment("a", 3), "a", 4)).isFalse();
    }

    /** Takes fences and code spans out as CommonMark finds them: a run of backticks ends at the next run of its length. */
    private static String outsideCode(String markdown) {
        var out = new StringBuilder();
        int i = 0;
        while (i < markdown.length()) {
            if (markdown.charAt(i) != '`') {
                out.append(markdown.charAt(i++));
                continue;
            }
            int run = run(markdown, i);
            int end = i + run;
            while (end < markdown.length() && !(markdown.charAt(end) == '`' && run(markdown, end) == run)) {
                end += markdown.charAt(end) == '`' ? run(markdown, end) : 1;
            }
            i = end + run;
        }
        return out.toString();
    }

    private static int run(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) == '`') {
            end++;
        }
        return end - from;
    }

    private static String whole(IssueDraft draft) {
        return draft.title() + "\n" + draft.labels() + "\n\n" + draft.body();
    }

    private static String snapshot(String name) throws IOException {
        try (InputStream in = IssueRendererTest.class.getResourceAsStream("/issues/" + name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
