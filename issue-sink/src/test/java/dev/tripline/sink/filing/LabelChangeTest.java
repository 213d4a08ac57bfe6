package dev.tripline.sink.filing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelChangeTest {
    private static final List<String> LAST = List.of("tripline", "severity:medium", "priority:P2");
    private static final List<String> WANTED = List.of("tripline", "severity:high", "priority:P1");

    @Test
    void changesWhatTheSinkSetAndLeavesTheRest() {
        var change =
                LabelChange.between(List.of("team:red", "priority:P2", "severity:medium", "tripline"), LAST, WANTED);

        assertThat(change)
                .isEqualTo(new LabelChange(
                        List.of("severity:medium", "priority:P2"),
                        List.of("severity:high", "priority:P1"),
                        WANTED,
                        List.of()));
    }

    @Test
    void keepsAChoiceThatAPersonChangedDoubledOrTookAway() {
        for (List<String> theirs :
                List.of(List.<String>of(), List.of("severity:low"), List.of("severity:medium", "severity:low"))) {
            var change = LabelChange.between(theirs, LAST, List.of("severity:high"));

            assertThat(change.isEmpty()).as("%s", theirs).isTrue();
            assertThat(change.set()).as("%s", theirs).containsExactly("severity:medium");
            assertThat(change.note()).as("%s", theirs).isEqualTo("labels changed by a person stay: severity");
        }
    }

    @Test
    void endsAChangeThatWasCutOffHalfWay() {
        var change = LabelChange.between(List.of("severity:medium", "severity:high"), LAST, List.of("severity:high"));

        assertThat(change.add()).isEmpty();
        assertThat(change.remove()).containsExactly("severity:medium");
        assertThat(change.kept()).isEmpty();
    }

    /** GitHub shows a label as the repository first wrote it, whatever case it was set with. */
    @Test
    void tellsLabelsApartWithoutTheirCase() {
        var change = LabelChange.between(List.of("Severity:Medium"), LAST, List.of("severity:high"));

        assertThat(change.kept()).isEmpty();
        assertThat(change.add()).containsExactly("severity:high");
        assertThat(LabelChange.between(List.of("Severity:High"), LAST, List.of("severity:high"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void takesASingleLabelForTheSinksIfItForgotWhatItSet() {
        assertThat(LabelChange.between(List.of("severity:low"), List.of(), List.of("severity:high"))
                        .add())
                .containsExactly("severity:high");
        assertThat(LabelChange.between(List.of(), List.of(), List.of("severity:high"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void agreesWithAPersonWhoChoseWhatTheIncidentIsNow() {
        var change = LabelChange.between(List.of("severity:high"), LAST, List.of("severity:high"));

        assertThat(change).isEqualTo(LabelChange.none(List.of("severity:high")));
    }
}
