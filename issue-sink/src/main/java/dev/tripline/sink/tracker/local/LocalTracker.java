package dev.tripline.sink.tracker.local;

import dev.tripline.service.PrivateFolder;
import dev.tripline.sink.filing.IssueDraft;
import dev.tripline.sink.filing.ListedIssue;
import dev.tripline.sink.tracker.Fault;
import dev.tripline.sink.tracker.IssueTracker;
import dev.tripline.sink.tracker.TrackerReply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.text.Normalizer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps issues as files {@code <number>-<slug>.md} in one folder. Each file is replaced as a whole and reaches the disk
 * before a call returns; a number is never given twice, even if its file is deleted. People may change title, state and
 * labels in the head of a file and write anything below it. A file that cannot be read, or has more than 16 MiB, is told once, not
 * listed and never written; its number stays taken.
 */
public final class LocalTracker implements IssueTracker {
    private static final Pattern FILE = Pattern.compile("([0-9]{1,9})-.*\\.md");
    private static final String COUNTER = ".last-number";
    private static final int SLUG_LENGTH = 60;

    /** Bytes of one file: 250 times the longest issue of GitHub, so there is room for comments. */
    private static final int LONGEST = 16 << 20;

    /** Largest number of a file that the next one is counted on from: what somebody wrote by hand must not use all numbers up. */
    private static final int MOST_COUNTED = 99_999_999;

    private static final int MOST_TOLD = 1_000;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Logger LOG = LoggerFactory.getLogger(LocalTracker.class);

    private final Path folder;
    private final InstantSource clock;
    private final Consumer<String> operator;

    /** Files that could not be read, each told once until it can. */
    private final Set<Path> passedOver = ConcurrentHashMap.newKeySet();

    /**
     * @param folder where the files are; made if missing
     * @param clock gives the instants in the files
     */
    public LocalTracker(Path folder, InstantSource clock) {
        this(folder, clock, LOG::warn);
    }

    /** @param operator is told of files that are passed over */
    LocalTracker(Path folder, InstantSource clock, Consumer<String> operator) {
        this.operator = operator;
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public Instant nextWriteAt() {
        return Instant.MIN;
    }

    @Override
    public TrackerReply<String> check() {
        return answer(() -> {
            PrivateFolder.make(folder);
            return "files in " + folder.toAbsolutePath();
        });
    }

    @Override
    public TrackerReply<List<ListedIssue>> listMine() {
        return answer(() -> {
            var issues = new ArrayList<ListedIssue>();
            for (Path file : files()) {
                try {
                    // A byte that is no UTF-8 must not hide an issue, and with it all others. Writing needs a clean
                    // file.
                    issues.add(listed(file, parse(file, new String(bytes(file), StandardCharsets.UTF_8))));
                    passedOver.remove(file);
                } catch (NoSuchFileException e) {
                    LOG.debug("{} was deleted meanwhile", file, e);
                } catch (IOException e) {
                    passOver(file, e);
                }
            }
            issues.sort(ListedIssue.BY_NUMBER);
            return issues;
        });
    }

    /** One file must not hide all others, whatever somebody put there. */
    private void passOver(Path file, IOException why) {
        if (passedOver.size() < MOST_TOLD && passedOver.add(file)) {
            operator.accept("local tracker: passed over: "
                    + CONTROL.matcher(String.valueOf(why)).replaceAll("?"));
        }
    }

    @Override
    public TrackerReply<ListedIssue> create(IssueDraft draft) {
        return answer(() -> {
            PrivateFolder.make(folder);
            int number = nextNumber();
            Instant now = clock.instant();
            var file = new IssueFile(
                    Integer.toString(number),
                    true,
                    "",
                    draft.title(),
                    draft.labels(),
                    now,
                    now,
                    draft.body(),
                    List.of());
            Path path = folder.resolve(String.format(Locale.ROOT, "%04d-%s.md", number, slug(draft.title())));
            write(path, file.text());
            return listed(path, file);
        });
    }

    @Override
    public TrackerReply<ListedIssue> show(String number) {
        return answer(() -> {
            Path path = find(number);
            return listed(path, read(path));
        });
    }

    @Override
    public TrackerReply<List<String>> relabel(String number, List<String> remove, List<String> add) {
        return answer(() -> {
            Path path = find(number);
            IssueFile changed = read(path).relabelled(remove, add, clock.instant());
            write(path, changed.text());
            return changed.labels();
        });
    }

    @Override
    public TrackerReply<ListedIssue> edit(String number, IssueDraft draft) {
        return change(number, file -> file.edited(draft, clock.instant()));
    }

    @Override
    public TrackerReply<List<String>> comments(String number) {
        return answer(() -> read(find(number)).comments());
    }

    @Override
    public TrackerReply<String> comment(String number, String body) {
        return answer(() -> {
            Path path = find(number);
            write(path, read(path).commented(body, clock.instant()).text());
            return path.toUri().toString();
        });
    }

    @Override
    public TrackerReply<ListedIssue> close(String number, IssueDraft draft) {
        return change(number, file -> file.edited(draft, clock.instant()).closed("completed", clock.instant()));
    }

    @Override
    public TrackerReply<ListedIssue> closeDuplicate(String number) {
        return change(number, file -> file.closed("not planned", clock.instant()));
    }

    @Override
    public TrackerReply<ListedIssue> reopen(String number) {
        return change(number, file -> file.reopened(clock.instant()));
    }

    private TrackerReply<ListedIssue> change(String number, UnaryOperator<IssueFile> change) {
        return answer(() -> {
            Path path = find(number);
            IssueFile changed = change.apply(read(path));
            write(path, changed.text());
            return listed(path, changed);
        });
    }

    private static ListedIssue listed(Path path, IssueFile file) {
        return new ListedIssue(
                file.number(), path.toUri().toString(), file.open(), file.title(), file.body(), file.labels(), true);
    }

    private static IssueFile read(Path path) throws IOException {
        try {
            return parse(
                    path,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes(path)))
                            .toString());
        } catch (CharacterCodingException e) {
            throw new IOException(path + ": must be UTF-8 to be changed, got bytes that are not; it stays as it is", e);
        }
    }

    /** Reads what can be an issue: opening a pipe would wait for ever, and a device may have no end. */
    private static byte[] bytes(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(path.toString());
            }
            throw new IOException(path + ": must be a file, got a folder, a pipe, a device or a link to none");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new IOException(path + ": must have at most " + LONGEST + " bytes, got " + Files.size(path));
            }
            return bytes;
        }
    }

    private static IssueFile parse(Path path, String text) {
        Matcher name = FILE.matcher(path.getFileName().toString());
        String number = name.matches() ? Integer.toString(Integer.parseInt(name.group(1))) : "0";
        return IssueFile.parse(number, text);
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(
                            path -> FILE.matcher(path.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private Path find(String number) throws IOException {
        for (Path path : files()) {
            Matcher name = FILE.matcher(path.getFileName().toString());
            if (name.matches()
                    && Integer.toString(Integer.parseInt(name.group(1))).equals(number)) {
                return path;
            }
        }
        throw new MissingIssueException("no file of issue " + number + " in " + folder);
    }

    /** The counter is written before the file, so a crash between the two leaves a gap and never a number used twice. */
    private int nextNumber() throws IOException {
        Path counter = folder.resolve(COUNTER);
        int last = Files.exists(counter) ? counted(counter) : 0;
        var taken = new HashSet<Integer>();
        for (Path path : files()) {
            Matcher name = FILE.matcher(path.getFileName().toString());
            if (name.matches()) {
                int number = Integer.parseInt(name.group(1));
                taken.add(number);
                last = number > MOST_COUNTED ? last : Math.max(last, number);
            }
        }
        int next = last + 1;
        while (taken.contains(next)) {
            next++;
        }
        write(counter, next + "\n");
        return next;
    }

    private static int counted(Path counter) throws IOException {
        String text = Files.readString(counter).strip();
        if (!text.matches("[0-9]{1,9}")) {
            throw new IOException(counter + ": must be the last number given, 0 to 999999999, got '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private void write(Path path, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        if (content.length > LONGEST) {
            throw new IOException(path + ": must have at most " + LONGEST + " bytes, would have " + content.length);
        }
        Path temporary = folder.resolve("." + path.getFileName() + ".tmp");
        try (FileChannel file = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    static String slug(String title) {
        String plain = Normalizer.normalize(title, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String cut = plain.substring(0, Math.min(SLUG_LENGTH, plain.length())).replaceAll("-$", "");
        return cut.isEmpty() ? "issue" : cut;
    }

    /** One call on the file system. */
    private interface Call<T> {
        T run() throws IOException;
    }

    private static <T> TrackerReply<T> answer(Call<T> call) {
        try {
            return new TrackerReply.Done<>(call.run());
        } catch (MissingIssueException e) {
            return new TrackerReply.Refused<>(404, e.getMessage(), Fault.OPERATOR);
        } catch (IOException e) {
            return new TrackerReply.Unknown<>("local tracker: " + e);
        }
    }
}
