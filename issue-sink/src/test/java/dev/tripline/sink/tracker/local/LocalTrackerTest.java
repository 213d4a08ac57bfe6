package dev.tripline.sink.tracker.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tripline.sink.filing.IssueDraft;
import dev.tripline.sink.filing.ListedIssue;
import dev.tripline.sink.tracker.IssueTracker;
import dev.tripline.sink.tracker.IssueTrackerContract;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    @Timeout(30)
    void passesOverWhatIsNoIssueFileListsTheOthersAndNeverWritesIt() throws Exception {
        // Given
        IssueTracker tracker = tracker();
        done(tracker.create(DRAFT));
        Files.createDirectory(folder.resolve("0002-folder.md"));
        Files.writeString(folder.resolve("0002-folder.md/inside"), "kept");
        try (var huge = new RandomAccessFile(folder.resolve("0003-huge.md").toFile(), "rw")) {
            huge.setLength(1L << 30); // without blocks on the disk
        }
        Files.createSymbolicLink(folder.resolve("0004-nowhere.md"), folder.resolve("nowhere"));
        Files.createSymbolicLink(folder.resolve("0005-endless.md"), Path.of("/dev/zero"));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("0006-pipe.md").toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        Files.write(folder.resolve("0007-latin.md"), new byte[] {'-', (byte) 0xfc});

        // When
        List<ListedIssue> listed = done(tracker.listMine());

        // Then
        assertThat(listed).extracting(ListedIssue::number).containsExactly("1", "7");
        for (int number = 2; number <= 7; number++) {
            assertThat(tracker.close(Integer.toString(number), DRAFT))
                    .asString()
                    .contains("000" + number + "-", ": must ");
        }
        assertThat(done(tracker.create(DRAFT)).number()).isEqualTo("8");
        assertThat(folder.resolve("0002-folder.md/inside")).hasContent("kept");
        assertThat(folder.resolve("0003-huge.md")).hasSize(1L << 30);
        assertThat(folder.resolve("0007-latin.md")).hasBinaryContent(new byte[] {'-', (byte) 0xfc});
    }

    @Test
    void tellsEachFileOnceUntilItCanBeRead() throws IOException {
        var told = new ArrayList<String>();
        IssueTracker tracker = new LocalTracker(folder, InstantSource.system(), told::add);
        Path bad = Files.createDirectory(folder.resolve("0002-\u001B[31m.md"));

        done(tracker.listMine());
        done(tracker.listMine());
        assertThat(told).singleElement().asString().contains("0002-?[31m.md: must be a file");

        Files.delete(bad);
        Files.writeString(bad, "mended");
        assertThat(done(tracker.listMine())).hasSize(1);
        Files.delete(bad);
        Files.createDirectory(bad);
        done(tracker.listMine());
        assertThat(told).hasSize(2);
    }

    @Test
    void namesTheFileAndTheValueOfACounterThatIsNoNumber() throws IOException {
        IssueTracker tracker = tracker();
        done(tracker.create(DRAFT));
        Files.writeString(folder.resolve(".last-number"), "one");

        assertThat(tracker.create(DRAFT)).asString().contains(".last-number: must be", "got 'one'");
    }
}
