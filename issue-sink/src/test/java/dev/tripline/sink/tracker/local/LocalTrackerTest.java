package dev.tripline.sink.tracker.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.sink.filing.IssueDraft;
import dev.tripline.sink.filing.ListedIssue;
import dev.tripline.sink.tracker.IssueTracker;
import dev.tripline.sink.tracker.IssueTrackerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTrackerTest extends IssueTrackerContract {
    private static final IssueDraft DRAFT = new IssueDraft("[LOW] Ünï / code", "body\n", List.of("tripline"));

    @TempDir
    Path folder;

    @Override
    protected IssueTracker tracker() {
        return new LocalTracker(folder, () -> Instant.parse("2025-09-11T15:00:00Z"));
    }

    @Test
    void writesAFileThatPeopleCanRead() throws IOException {
        done(tracker().create(DRAFT));

        assertThat(folder.resolve("0001-low-u-ni-code.md")).hasContent("""
                ---
                number: 1
                state: open
                title: [LOW] Ünï / code
                labels: tripline
                created: 2025-09-11T15:00:00Z
                updated: 2025-09-11T15:00:00Z
                ---
                body
                """);
    }

    @Test
    void takesTheStateAPersonWroteAndUsesNoNumberTwice() throws IOException {
        IssueTracker tracker = tracker();
        done(tracker.create(DRAFT));
        Path file = folder.resolve("0001-low-u-ni-code.md");
        Files.writeString(file, Files.readString(file).replace("state: open", "state: closed"));

        assertThat(done(tracker.listMine()))
                .singleElement()
                .extracting(ListedIssue::open)
                .isEqualTo(false);

        Files.delete(file);
        assertThat(done(tracker().create(DRAFT)).number()).isEqualTo("2");
    }

    @Test
    void listsAnIssueWhoseFileHoldsWhatIsNoText() throws IOException {
        IssueTracker tracker = tracker();
        done(tracker.create(DRAFT));
        Files.write(folder.resolve("0001-low-u-ni-code.md"), new byte[] {(byte) 0xff}, StandardOpenOption.APPEND);

        assertThat(done(tracker.listMine()))
                .singleElement()
                .satisfies(issue -> assertThat(issue.body()).startsWith("body\n"));
    }

    @Test
    void namesTheFileAndTheValueOfACounterThatIsNoNumber() throws IOException {
        IssueTracker tracker = tracker();
        done(tracker.create(DRAFT));
        Files.writeString(folder.resolve(".last-number"), "one");

        assertThat(tracker.create(DRAFT)).asString().contains(".last-number: must be", "got 'one'");
    }
}
