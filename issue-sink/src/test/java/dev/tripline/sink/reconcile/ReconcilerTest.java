package dev.tripline.sink.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.sink.filing.FilingRules;
import dev.tripline.sink.filing.FilingState;
import dev.tripline.sink.filing.IncidentView;
import dev.tripline.sink.filing.Incidents;
import dev.tripline.sink.filing.KnownIssue;
import dev.tripline.sink.filing.ListedIssue;
import dev.tripline.sink.filing.MarkerKey;
import dev.tripline.sink.filing.Markers;
import dev.tripline.sink.filing.Phase;
import dev.tripline.sink.filing.Severity;
import dev.tripline.sink.tracker.Fault;
import dev.tripline.sink.tracker.TrackerReply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
    private static final Instant T0 = Instant.parse("2025-09-11T15:00:00Z");
    private static final Markers MARKERS =
            new Markers(List.of(new MarkerKey("k1", "0123456789abcdef".getBytes(StandardCharsets.UTF_8))));
    private static final IncidentView.Fact OPENED = new IncidentView.Fact(0, T0, "opened", "opened");

    private Instant now = T0;
    private final FakeTracker tracker = new FakeTracker(() -> now);
    private final MemoryLedger ledger = new MemoryLedger();
    private FilingRules rules = FilingRules.remote().filingAfter(Duration.ZERO);
    private Reconciler reconciler = start();

    @Test
    void filesOneIssueAndNothingMoreWhenNothingChanges() {
        reconciler.incident(Incidents.race());
        runFor(Duration.ofHours(1));

        assertThat(tracker.posts).hasSize(1);
        assertThat(ledger.issues.get("race-1").state()).isEqualTo(FilingState.OPEN);
        assertThat(ledger.issues.get("race-1").number()).isEqualTo("1");
        assertThat(tracker.comments).isEmpty();
    }

    @Test
    void recordsTheAttemptBeforeItSendsTheCreate() {
        reconciler.incident(Incidents.race());
        ledger.failOnWrite = 2;

        try {
            runFor(Duration.ofMinutes(1));
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("killed");
        }

        assertThat(tracker.posts).isEmpty();
    }

    @Test
    void sendsNoSecondCreateBeforeTheQuarantineIsOver() {
        reconciler.incident(Incidents.race());
        tracker.nextCreate = FakeTracker.CreateFault.LOST;

        runFor(Duration.ofMinutes(9));
        assertThat(tracker.posts).hasSize(1);

        runFor(Duration.ofMinutes(3));
        assertThat(tracker.posts).hasSize(2);
        assertThat(tracker.issues).hasSize(1);
    }

    @Test
    void adoptsWhatATimedOutCreateMadeNineMinutesLate() {
        reconciler.incident(Incidents.race());
        tracker.nextCreate = FakeTracker.CreateFault.DONE_LATE;
        tracker.lateness = Duration.ofMinutes(9);

        runFor(Duration.ofMinutes(30));

        assertThat(tracker.posts).hasSize(1);
        assertThat(ledger.issues.get("race-1").number()).isEqualTo("1");
    }

    @Test
    void closesByItselfWhatIsCreatedTwentyMinutesLate() {
        reconciler.incident(Incidents.race());
        tracker.nextCreate = FakeTracker.CreateFault.DONE_LATE;
        tracker.lateness = Duration.ofMinutes(20);

        runFor(Duration.ofMinutes(60));

        assertThat(tracker.issues.values()).extracting(ListedIssue::open).containsExactly(true, false);
        assertThat(tracker.comments.get("2")).singleElement().asString().startsWith("Duplicate of #1");
    }

    @Test
    void respectsAPersonWhoClosesTheIssueUntilTheIncidentBreaksAnew() {
        // Given
        reconciler.incident(Incidents.plain("a", Phase.OPEN, List.of(OPENED)));
        runFor(Duration.ofMinutes(5));

        // When
        tracker.setOpen("1", false);
        runFor(Duration.ofMinutes(30));
        reconciler.incident(Incidents.plain("a", Phase.ESCALATED, List.of(OPENED, fact("escalated"))));
        runFor(Duration.ofMinutes(30));

        // Then
        assertThat(tracker.issues.get(1).open()).isFalse();
        assertThat(ledger.issues.get("a").problem()).isEqualTo("closed by a person");

        // When
        var facts = List.of(OPENED, fact("escalated"), fact("resolved"));
        reconciler.incident(Incidents.plain("a", Phase.RESOLVED, facts));
        runFor(Duration.ofMinutes(5));
        var again = List.of(OPENED, fact("escalated"), fact("resolved"), fact("re-opened"));
        reconciler.incident(Incidents.plain("a", Phase.OPEN, again));
        runFor(Duration.ofMinutes(5));

        // Then
        assertThat(tracker.issues.get(1).open()).isTrue();
        assertThat(tracker.comments.get("1")).singleElement().asString().contains("Broken again");
    }

    /** The sink was away while more facts came than are kept. */
    @Test
    void opensAnIssueAgainIfThatItBrokeAnewMayBeAmongTheFactsThatWereNotKept() {
        // Given
        reconciler.incident(Incidents.plain("a", Phase.OPEN, facts(1, 1)));
        runFor(Duration.ofMinutes(5));
        tracker.setOpen("1", false);
        runFor(Duration.ofMinutes(30));

        // When
        reconciler.incident(Incidents.plain("a", Phase.OPEN, facts(150, 249)));
        runFor(Duration.ofMinutes(30));

        // Then
        assertThat(tracker.issues.get(1).open()).isTrue();
    }

    @Test
    void linksTheIssueOfTheIncidentBeforeAsLongAsItIsKnown() {
        // Given
        reconciler.incident(Incidents.cameBack("a"));
        runFor(Duration.ofMinutes(5));
        assertThat(tracker.issues.get(1).body()).contains("was resolved before: incident `a`");

        // When: the issue of the one before becomes known, without a word about the incident itself
        reconciler.incident(Incidents.plain("a", Phase.OPEN, List.of(OPENED)));
        runFor(Duration.ofMinutes(5));

        // Then
        assertThat(tracker.issues.get(1).body()).contains("issue 2").contains("incident `a`");

        // When
        reconciler.expired("a");
        runFor(Duration.ofMinutes(30));

        // Then
        assertThat(tracker.issues.get(1).body()).contains("was resolved before: incident `a`");
        assertThat(tracker.edits.get("1"))
                .as("one for its number, one for each change")
                .hasSize(3);
    }

    @Test
    void tellsNewFactsOfAnIncidentThatKeepsNoMoreThanTheLastHundred() {
        // Given: a flapping test has had more facts than are kept
        reconciler.incident(Incidents.plain("a", Phase.OPEN, facts(1, 100)));
        runFor(Duration.ofMinutes(5));

        // When: one more fact is added, and the oldest is dropped
        var next = new ArrayList<>(facts(2, 100));
        next.add(new IncidentView.Fact(101, T0, "escalated", "it happened"));
        reconciler.incident(Incidents.plain("a", Phase.ESCALATED, next));
        runFor(Duration.ofMinutes(5));

        // Then
        assertThat(tracker.comments.get("1"))
                .singleElement()
                .asString()
                .contains("Escalated")
                .doesNotContain("not kept");

        // When: the sink was away for longer than facts are kept
        var late = new ArrayList<>(facts(114, 212));
        late.add(new IncidentView.Fact(213, T0, "escalated", "worse"));
        reconciler = start();
        reconciler.incident(Incidents.plain("a", Phase.ESCALATED, late));
        runFor(Duration.ofMinutes(5));

        // Then
        assertThat(tracker.comments.get("1")).hasSize(2);
        assertThat(tracker.comments.get("1").get(1))
                .startsWith("*12 earlier facts were not kept.*\n\n**Escalated**")
                .contains("worse");
        assertThat(ledger.issues.get("a").factsReported()).isEqualTo(213);
    }

    @Test
    void doesNothingAboutWhatANewerVersionMeans() {
        // Given
        reconciler.incident(Incidents.plain("a", Phase.OPEN, List.of(OPENED)));
        runFor(Duration.ofMinutes(5));
        int before = tracker.posts.size();

        // When
        reconciler.incident(Incidents.plain("a", Phase.UNKNOWN, List.of(OPENED, fact("escalated"))));
        reconciler.incident(Incidents.plain("b", Phase.UNKNOWN, List.of(OPENED)));
        runFor(Duration.ofMinutes(30));

        // Then
        assertThat(tracker.posts).hasSize(before);
        assertThat(tracker.comments).isEmpty();
        assertThat(tracker.issues.get(1).open()).isTrue();

        // When
        reconciler.incident(Incidents.plain("b", Phase.OPEN, List.of(OPENED)));
        runFor(Duration.ofMinutes(5));

        // Then
        assertThat(tracker.issues).hasSize(2);
    }

    private static List<IncidentView.Fact> facts(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> new IncidentView.Fact(number, T0, "new-test", "it happened"))
                .toList();
    }

    @Test
    void tellsEachNewFactOnceAndClosesWhenItIsOver() {
        reconciler.incident(Incidents.plain("a", Phase.OPEN, List.of(OPENED)));
        runFor(Duration.ofMinutes(5));

        var facts = List.of(OPENED, fact("new-test"), fact("escalated"));
        reconciler.incident(Incidents.plain("a", Phase.ESCALATED, facts));
        runFor(Duration.ofMinutes(5));
        var all = List.of(OPENED, fact("new-test"), fact("escalated"), fact("resolved"));
        reconciler.incident(Incidents.plain("a", Phase.RESOLVED, all));
        runFor(Duration.ofMinutes(30));

        assertThat(tracker.comments.get("1")).hasSize(2);
        assertThat(tracker.issues.get(1).open()).isFalse();
        assertThat(ledger.issues.get("a").told()).isEqualTo(Phase.RESOLVED);
    }

    @Test
    void waitsAsLongAsALimitSaysAndParksWhatIsRefused() {
        reconciler.incident(Incidents.race());
        tracker.nextCreate = FakeTracker.CreateFault.RATE_LIMITED;
        runFor(Duration.ofSeconds(59));
        assertThat(tracker.posts).hasSize(1);
        tracker.nextCreate = FakeTracker.CreateFault.REFUSED;
        runFor(Duration.ofSeconds(5));
        assertThat(ledger.issues.get("race-1").state()).isEqualTo(FilingState.PARKED);
        runFor(Duration.ofMinutes(40));
        assertThat(tracker.issues).hasSize(1);
    }

    @Test
    void filesAndEditsOthersWhileOneIssueTakesNoEdit() {
        // Given
        reconciler.incident(Incidents.plain("a", Phase.OPEN, List.of(OPENED)));
        reconciler.incident(Incidents.plain("b", Phase.OPEN, List.of(OPENED)));
        runFor(Duration.ofMinutes(5));
        tracker.uneditable.add("1");
        tracker.edits.clear();

        // When
        reconciler.incident(Incidents.plain("a", Phase.RECOVERING, List.of(OPENED)));
        runFor(Duration.ofSeconds(30));
        reconciler.incident(Incidents.plain("b", Phase.RECOVERING, List.of(OPENED)));
        reconciler.incident(Incidents.plain("c", Phase.OPEN, List.of(OPENED)));
        reconciler.incident(Incidents.plain("d", Phase.OPEN, List.of(OPENED)));
        runFor(Duration.ofSeconds(3));

        // Then
        assertThat(tracker.issues).hasSize(4);
        assertThat(tracker.edits.get("2")).hasSize(1);

        // When
        runFor(Duration.ofHours(1));

        // Then: 1, 2, 4 … 256 s, then every 300 s
        assertThat(tracker.edits.get("1")).hasSizeBetween(15, 25);
        assertThat(gaps(tracker.edits.get("1"))).isSorted().last().isEqualTo(Duration.ofMinutes(5));

        // When
        tracker.uneditable.clear();
        runFor(Duration.ofMinutes(6));

        // Then
        assertThat(ledger.issues.get("a").told()).isEqualTo(Phase.RECOVERING);
    }

    @Test
    void filesOthersWhileOneCreateAlwaysFails() {
        String marker = MARKERS.ofIssue("a", "fake", null);
        tracker.uncreatable = draft -> draft.body().contains(marker);
        for (String id : List.of("a", "b", "c")) {
            reconciler.incident(Incidents.plain(id, Phase.OPEN, List.of(OPENED)));
        }

        runFor(Duration.ofSeconds(5));
        assertThat(tracker.issues).hasSize(2);

        runFor(Duration.ofHours(1));
        assertThat(tracker.posts).hasSizeBetween(4, 9);
    }

    @Test
    void filesNewIssuesBeforeItChangesOldOnes() {
        reconciler.incident(Incidents.race());
        runFor(Duration.ofMinutes(5));
        tracker.edits.clear();

        reconciler.incident(Incidents.plain("race-1", Phase.RECOVERING, List.of(OPENED)));
        reconciler.incident(Incidents.plain("z", Phase.OPEN, List.of(OPENED)));
        while (tracker.posts.size() < 2) {
            reconciler.step();
            now = now.plusMillis(200);
        }

        assertThat(tracker.edits).isEmpty();
    }

    @Test
    void letsANewIncidentSettleBeforeItIsFiled() {
        rules = FilingRules.remote();
        reconciler = start();
        reconciler.incident(incident(Severity.MEDIUM, "P2"));
        runFor(Duration.ofSeconds(4));
        assertThat(tracker.posts).isEmpty();

        reconciler.incident(incident(Severity.CRITICAL, "P0"));
        runFor(Duration.ofSeconds(4));

        assertThat(tracker.posts)
                .singleElement()
                .satisfies(draft -> assertThat(draft.title()).startsWith("[CRITICAL]"));
        assertThat(tracker.comments).isEmpty();
    }

    @Test
    void changesItsLabelsWithTheIncidentAndTellsARiseOnce() {
        // Given
        reconciler.incident(incident(Severity.MEDIUM, "P2"));
        runFor(Duration.ofMinutes(5));
        tracker.setLabels("1", List.of("tripline", "severity:medium", "priority:P2", "team:red"));

        // When
        reconciler.incident(incident(Severity.CRITICAL, "P0"));
        runFor(Duration.ofMinutes(5));
        reconciler = start();
        reconciler.incident(incident(Severity.CRITICAL, "P0"));
        runFor(Duration.ofHours(1));

        // Then
        assertThat(tracker.issues.get(1).labels())
                .containsExactlyInAnyOrder("tripline", "severity:critical", "priority:P0", "team:red");
        assertThat(tracker.comments.get("1"))
                .singleElement()
                .asString()
                .startsWith("**Severity**: now CRITICAL, was MEDIUM.");
    }

    @Test
    void leavesALabelThatAPersonChangedAndNotesIt() {
        // Given
        reconciler.incident(incident(Severity.MEDIUM, "P2"));
        runFor(Duration.ofMinutes(5));
        tracker.setLabels("1", List.of("tripline", "severity:low", "priority:P2"));

        // When
        reconciler.incident(incident(Severity.HIGH, "P1"));
        runFor(Duration.ofMinutes(5));
        reconciler.incident(incident(Severity.CRITICAL, "P0"));
        runFor(Duration.ofMinutes(5));

        // Then
        assertThat(tracker.issues.get(1).labels()).containsExactlyInAnyOrder("tripline", "severity:low", "priority:P0");
        assertThat(ledger.issues.get("a").problem()).isEqualTo("labels changed by a person stay: severity");
        assertThat(tracker.issues.get(1).title()).startsWith("[CRITICAL]");
    }

    @Test
    void filesAnotherIssueForOneThatWasDeletedOrMoved() {
        // Given
        reconciler.incident(Incidents.plain("a", Phase.OPEN, List.of(OPENED)));
        reconciler.incident(Incidents.plain("b", Phase.OPEN, List.of(OPENED)));
        runFor(Duration.ofMinutes(5));

        // When
        tracker.issues.remove(1);
        reconciler.incident(Incidents.plain("a", Phase.RECOVERING, List.of(OPENED)));
        runFor(Duration.ofHours(2));

        // Then
        assertThat(tracker.issues).containsOnlyKeys(2, 3);
        assertThat(tracker.posts).hasSize(3);
        assertThat(ledger.issues.get("a")).satisfies(issue -> {
            assertThat(issue.number()).isEqualTo("3");
            assertThat(issue.state()).isEqualTo(FilingState.OPEN);
            assertThat(issue.problem()).isNull();
        });
    }

    @Test
    void filesNoOtherIssueForOneThatWasDeletedWhenItsIncidentIsOver() {
        reconciler.incident(Incidents.plain("a", Phase.OPEN, List.of(OPENED)));
        runFor(Duration.ofMinutes(5));

        tracker.issues.remove(1);
        reconciler.incident(Incidents.plain("a", Phase.RESOLVED, List.of(OPENED, fact("resolved"))));
        runFor(Duration.ofHours(2));

        assertThat(tracker.posts).hasSize(1);
    }

    @Test
    void parksAnIssueThatIsNotThereTogetherWithItsRepository() {
        reconciler.incident(Incidents.plain("a", Phase.OPEN, List.of(OPENED)));
        runFor(Duration.ofMinutes(5));

        tracker.issues.remove(1);
        tracker.health = new TrackerReply.Refused<>(404, "no such repository", Fault.OPERATOR);
        reconciler.incident(Incidents.plain("a", Phase.RECOVERING, List.of(OPENED)));
        runFor(Duration.ofMinutes(10));

        assertThat(tracker.posts).hasSize(1);
        assertThat(ledger.issues.get("a").state()).isEqualTo(FilingState.PARKED);
        assertThat(ledger.issues.get("a").problem())
                .isEqualTo("#1 is not there (404), nor is its repository: no such repository");

        tracker.health = new TrackerReply.Done<>("fake");
        runFor(Duration.ofMinutes(20));
        assertThat(tracker.issues).containsOnlyKeys(2);
    }

    /** The real issue was closed as the duplicate of one that a stranger had copied its marker into. */
    @Test
    void obeysNoMarkerThatWasCopiedIntoAnOlderIssue() {
        // Given
        tracker.write(1, "a question", false);
        reconciler.incident(Incidents.plain("a", Phase.OPEN, List.of(OPENED)));
        runFor(Duration.ofSeconds(2));
        String early = tracker.issues.get(2).body();
        runFor(Duration.ofMinutes(5));
        String late = tracker.issues.get(2).body();
        assertThat(MARKERS.claimOf(early)).contains(new Markers.Claim("a", "fake", null));
        assertThat(MARKERS.claimOf(late)).contains(new Markers.Claim("a", "fake", "2"));

        for (String copied : List.of(early, late)) {
            for (boolean byUs : List.of(false, true)) {
                // When: also with nothing remembered
                tracker.write(1, copied, byUs);
                runFor(Duration.ofHours(1));

                // Then
                assertThat(tracker.issues.get(2).open()).isTrue();
                assertThat(tracker.issues.get(1).body()).isEqualTo(copied);
                assertThat(tracker.comments).isEmpty();
                assertThat(ledger.issues.get("a").number()).isEqualTo("2");
            }
        }

        // When: nothing is remembered
        tracker.write(1, early, false);
        ledger.issues.clear();
        reconciler = start();
        reconciler.incident(Incidents.plain("a", Phase.OPEN, List.of(OPENED)));
        runFor(Duration.ofHours(1));

        // Then
        assertThat(ledger.issues.get("a").number()).isEqualTo("2");
        assertThat(tracker.posts).hasSize(1);
    }

    @Test
    void closesNoIssueOfAnotherIncidentThatAMarkerWasCopiedInto() {
        // Given
        reconciler.incident(Incidents.plain("a", Phase.OPEN, List.of(OPENED)));
        runFor(Duration.ofSeconds(2));
        String early = tracker.issues.get(1).body();
        reconciler.incident(Incidents.plain("b", Phase.OPEN, List.of(OPENED)));
        runFor(Duration.ofMinutes(5));

        // When
        tracker.write(2, early, true);
        runFor(Duration.ofHours(1));

        // Then
        assertThat(tracker.issues.get(2).open()).isTrue();
        assertThat(tracker.comments).isEmpty();
    }

    @Test
    void adoptsTheIssuesOfEarlierVersionsOfItselfAndOfEarlierNames() {
        // Given
        String old = "<!-- tripline:v1 incident=race-1 key=k1 sig=FbwX_7ZKSai7IeVOKR7_4w -->";
        tracker.write(7, "text\n\n" + old, true);

        // When
        reconciler.incident(Incidents.plain("race-1", Phase.OPEN, List.of(OPENED)));
        runFor(Duration.ofMinutes(5));

        // Then
        assertThat(tracker.posts).isEmpty();
        assertThat(MARKERS.claimOf(tracker.issues.get(7).body())).contains(new Markers.Claim("race-1", "fake", "7"));

        // When: the tracker has got another name
        var renamed = new FakeTracker("fake:new", () -> now) {
            @Override
            public Set<String> names() {
                return Set.of("fake", "fake:new");
            }
        };
        renamed.write(7, tracker.issues.get(7).body(), false);
        var sink = new Reconciler(renamed, new MemoryLedger(), rules, MARKERS, () -> now);
        sink.incident(Incidents.plain("race-1", Phase.OPEN, List.of(OPENED)));
        reconciler = sink;
        runFor(Duration.ofMinutes(5));

        // Then
        assertThat(renamed.posts).isEmpty();
        assertThat(MARKERS.claimOf(renamed.issues.get(7).body()))
                .contains(new Markers.Claim("race-1", "fake:new", "7"));
    }

    @Test
    void endsWithOneOpenIssueForEachIncidentAfterAnyFaultsAndKills() {
        for (long seed = 0; seed < 1_000; seed++) {
            var random = new SplittableRandom(seed);
            var schedule = new ReconcilerTest();
            boolean isVeryLate = schedule.play(random);
            for (String id : List.of("a", "b", "c")) {
                List<ListedIssue> mine = schedule.tracker.issues.values().stream()
                        .filter(issue -> MARKERS.claimOf(issue.body())
                                .map(Markers.Claim::incidentId)
                                .filter(id::equals)
                                .isPresent())
                        .toList();
                assertThat(mine.stream().filter(ListedIssue::open))
                        .as("seed %d, incident %s", seed, id)
                        .hasSize(1);
                if (!isVeryLate) {
                    assertThat(mine).as("seed %d, incident %s", seed, id).hasSize(1);
                }
            }
        }
    }

    /** Plays one schedule of faults and kills, then lets things go quiet; tells whether a create came after the quarantine. */
    private boolean play(SplittableRandom random) {
        boolean isVeryLate = false;
        var wanted = List.of("a", "b", "c");
        tracker.staleness = Duration.ofSeconds(random.nextInt(30));
        for (int life = 0; life < 6; life++) {
            reconciler = start();
            wanted.forEach(id -> reconciler.incident(Incidents.plain(id, Phase.OPEN, List.of(OPENED))));
            ledger.failOnWrite = random.nextInt(8);
            ledger.failAfterWrite = random.nextBoolean();
            FakeTracker.CreateFault[] faults = FakeTracker.CreateFault.values();
            Duration[] late = {Duration.ofSeconds(5), Duration.ofMinutes(9), Duration.ofMinutes(20)};
            try {
                for (int i = 0; i < 5; i++) {
                    tracker.nextCreate = faults[random.nextInt(faults.length)];
                    tracker.lateness = late[random.nextInt(late.length)];
                    int before = tracker.posts.size();
                    boolean isTwenty = tracker.nextCreate == FakeTracker.CreateFault.DONE_LATE
                            && tracker.lateness.toMinutes() > 10;
                    runFor(Duration.ofSeconds(random.nextInt(300)));
                    isVeryLate |= isTwenty && tracker.posts.size() > before;
                }
            } catch (IllegalStateException killed) {
                assertThat(killed).hasMessage("killed");
                isVeryLate |= tracker.lateness.toMinutes() > 10;
            }
        }
        tracker.nextCreate = FakeTracker.CreateFault.NONE;
        ledger.failOnWrite = 0;
        reconciler = start();
        wanted.forEach(id -> reconciler.incident(Incidents.plain(id, Phase.OPEN, List.of(OPENED))));
        runFor(Duration.ofHours(2));
        return isVeryLate;
    }

    private static List<Duration> gaps(List<Instant> instants) {
        return IntStream.range(1, instants.size())
                .mapToObj(i -> Duration.between(instants.get(i - 1), instants.get(i)))
                .toList();
    }

    private static IncidentView incident(Severity severity, String priority) {
        return Incidents.rated("a", severity, priority);
    }

    private static IncidentView.Fact fact(String kind) {
        return new IncidentView.Fact(0, T0, kind, "it happened");
    }

    private Reconciler start() {
        var started = new Reconciler(tracker, ledger, rules, MARKERS, () -> now);
        ledger.issues.values().forEach(started::remembered);
        return started;
    }

    /** Lets time pass as the loop would see it: from one due step to the next. */
    private void runFor(Duration time) {
        Instant end = now.plus(time);
        while (!now.isAfter(end)) {
            Instant next = reconciler.step();
            now = next.isAfter(now) ? next : now.plusMillis(200);
        }
        now = end;
    }

    /** Remembers what was written, and kills the sink around a chosen write. */
    private static final class MemoryLedger implements IssueLedger {
        private final Map<String, KnownIssue> issues = new HashMap<>();
        private int failOnWrite;
        private boolean failAfterWrite;

        @Override
        public void write(KnownIssue issue) {
            boolean isKilled = failOnWrite > 0 && --failOnWrite == 0;
            if (isKilled && !failAfterWrite) {
                throw new IllegalStateException("killed");
            }
            issues.put(issue.incidentId(), issue);
            if (isKilled) {
                throw new IllegalStateException("killed");
            }
        }

        @Override
        public void remove(KnownIssue issue) {
            issues.remove(issue.incidentId());
        }
    }
}
