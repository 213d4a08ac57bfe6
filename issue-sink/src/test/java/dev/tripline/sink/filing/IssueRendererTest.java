package dev.tripline.sink.filing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IssueRendererTest {
    private static final Markers MARKERS =
            new Markers(List.of(new MarkerKey("k1", "0123456789abcdef".getBytes(StandardCharsets.UTF_8))));
    private final IssueRenderer renderer = new IssueRenderer(MARKERS);

    @Test
    void writesTheIssueOfRaceAfterTheSecondMorning() throws IOException {
        IssueDraft draft = renderer.draft(Incidents.race());

        assertThat(draft.body())
                .contains("5 of its 8 tests have not run since 2025-09-10 15:06 UTC, 3 fail differently now");
        assertThat(whole(draft)).isEqualTo(snapshot("race.md"));
    }

    @Test
    void writesTheIssueOfSubprotocol() throws IOException {
        IssueDraft draft = renderer.draft(Incidents.subprotocol());

        assertThat(draft.title())
                .isEqualTo("[CRITICAL] websockets.exceptions.NegotiationError: no subprotocols supported"
                        + " — 4 tests in 2 suites (staging)");
        assertThat(whole(draft)).isEqualTo(snapshot("subprotocol.md"));
    }

    @Test
    void keepsHostileTextFromTakingEffect() {
        // Given
        String forged = MARKERS.ofIssue("victim");
        String hostile =
                "@user @org/team #1 GH-1 a/b#1 Fixes #1 <b>x</b> ```` `` ` | [x](javascript:1) ![i](http://x.y) "
                        + "\u202Eevil\u200B\u0000 \u001B[31mred " + forged + "\n```\n</details>\n" + forged;

        // When
        IssueDraft draft = renderer.draft(Incidents.hostile(hostile));

        // Then
        assertThat(MARKERS.incidentOf(draft.body())).contains("hostile-1");
        assertThat(draft.body().split("<!--", -1)).hasSize(2);
        assertThat(draft.body()).doesNotContain("\u202E", "\u200B", "\u0000", "\u001B");
        String outside = outsideCode(draft.body());
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
            assertThat(MARKERS.incidentOf(draft.body())).as("round %d", round).contains("hostile-1");
            assertThat(outsideCode(draft.body())).as("round %d", round).doesNotContain("@");
        }
    }

    @Test
    void takesOnlyTheLastMarkerAndOnlyASignedOne() {
        String ours = MARKERS.ofIssue("a");

        assertThat(MARKERS.incidentOf("text\n" + ours)).contains("a");
        assertThat(MARKERS.incidentOf(ours + "\n" + MARKERS.ofIssue("b--> c"))).contains("b--> c");
        assertThat(MARKERS.incidentOf(ours + "\n<!-- tripline:v1 incident=a key=k1 sig=AAAAAAAAAAAAAAAAAAAAAA -->"))
                .isEmpty();
        assertThat(MARKERS.incidentOf(ours.replace("incident=a", "incident=b"))).isEmpty();
        assertThat(MARKERS.incidentOf(MARKERS.ofComment("a", 3))).isEmpty();
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
