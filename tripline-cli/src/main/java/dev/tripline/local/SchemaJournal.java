package dev.tripline.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tripline.local.schema.CompatibilityLevel;
import dev.tripline.local.schema.RegistryChange;
import dev.tripline.local.schema.RegistryChange.Deleted;
import dev.tripline.local.schema.RegistryChange.LevelSet;
import dev.tripline.local.schema.RegistryChange.Registered;
import dev.tripline.service.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * File of JSON lines, one for each change of the registry, only ever appended to. A change is on the disk before
 * {@link #append} returns; a last line without its end was never answered for and is dropped.
 */
final class SchemaJournal implements AutoCloseable {
    static final String FILE = "schemas.jsonl";

    private static final Logger LOG = LoggerFactory.getLogger(SchemaJournal.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORMAT = 1;

    private final Path file;
    private final FileChannel channel;
    private final List<RegistryChange> history = new ArrayList<>();
    private boolean usable = true;

    private SchemaJournal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens the journal of a directory and reads it.
     *
     * @throws LocalStartException if it cannot be written, is in use, or has a line that cannot be read
     */
    static SchemaJournal open(Path dir) {
        Path file = dir.toAbsolutePath().normalize().resolve(FILE);
        try {
            PrivateFolder.own(dir);
            var journal = new SchemaJournal(
                    file,
                    FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
            try {
                journal.lock();
                journal.read();
            } catch (IOException | RuntimeException e) {
                journal.close();
                throw e;
            }
            return journal;
        } catch (IOException e) {
            throw new LocalStartException("registry file " + file + ": cannot be read or written (" + e + ")", e);
        }
    }

    /** Returns the changes found when it was opened, oldest first. */
    List<RegistryChange> history() {
        return List.copyOf(history);
    }

    /**
     * Writes a change to the disk.
     *
     * @throws UncheckedIOException if that fails; the change then does not hold
     */
    synchronized void append(RegistryChange change) {
        try {
            if (!usable) {
                throw new IOException(file + ": an earlier write failed half way; restart the registry");
            }
            append(toJson(change));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            usable = false;
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lock() throws IOException {
        try {
            if (channel.tryLock() == null) {
                throw new LocalStartException("registry file " + file + ": in use by another process");
            }
        } catch (OverlappingFileLockException e) {
            throw new LocalStartException("registry file " + file + ": in use in this process", e);
        }
    }

    private void read() throws IOException {
        String text = Files.readString(file);
        int end = text.lastIndexOf('\n') + 1;
        if (end < text.length()) {
            LOG.warn("{}: dropped an unfinished last line of {} characters", file, text.length() - end);
        }
        int number = 0;
        for (int start = 0; start < end; ) {
            int newline = text.indexOf('\n', start);
            number++;
            read(text.substring(start, newline), number);
            start = newline + 1;
        }
        long length = text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
        channel.truncate(length).position(length);
        if (length == 0) {
            append(JSON.createObjectNode().put("registry", "tripline").put("format", FORMAT));
            syncDirectory();
        }
    }

    private void read(String line, int number) {
        try {
            JsonNode node = JSON.readTree(line);
            if (number == 1) {
                requireFormat(node);
            } else {
                history.add(toChange(node));
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw broken(number, e);
        }
    }

    /** Makes the error for a line that cannot be applied. */
    LocalStartException broken(int line, Exception cause) {
        String reason = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.getMessage();
        return new LocalStartException(
                file + ":" + line + ": not a change of the registry (" + reason
                        + "); restore the file from a copy, or move it away to begin anew",
                cause);
    }

    private static void requireFormat(JsonNode node) {
        int format = node.path("format").asInt();
        if (format != FORMAT) {
            throw new IllegalArgumentException("format must be " + FORMAT + ", got '" + node + "'");
        }
    }

    private void append(ObjectNode node) throws IOException {
        long start = channel.position();
        try {
            var bytes = ByteBuffer.wrap((JSON.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            // What stands half written, or may not be on the disk, must not come before the next change.
            usable = false;
            channel.truncate(start).position(start);
            channel.force(true);
            usable = true;
            throw e;
        }
    }

    /** The entry of a new file is on the disk only when its directory is. */
    private void syncDirectory() {
        Path dir = file.getParent();
        try (FileChannel directory = FileChannel.open(dir == null ? Path.of("") : dir)) {
            directory.force(true);
        } catch (IOException e) {
            LOG.debug("{} cannot be synced as a directory here", dir, e);
        }
    }

    private static ObjectNode toJson(RegistryChange change) {
        ObjectNode node = JSON.createObjectNode();
        if (change instanceof Registered registered) {
            return node.put("change", "registered")
                    .put("subject", registered.subject())
                    .put("version", registered.version())
                    .put("id", registered.id())
                    .put("schema", registered.schema());
        } else if (change instanceof Deleted deleted) {
            node.put("change", "deleted").put("subject", deleted.subject()).put("permanent", deleted.permanent());
            deleted.versions().forEach(node.putArray("versions")::add);
            return node;
        } else if (change instanceof LevelSet set) {
            CompatibilityLevel level = set.level();
            return node.put("change", "level-set")
                    .put("subject", set.subject())
                    .put("level", level == null ? null : level.name());
        }
        throw new IllegalStateException("a change without a form in JSON: " + change);
    }

    private static RegistryChange toChange(JsonNode node) {
        String change = node.path("change").asText();
        return switch (change) {
            case "registered" ->
                new Registered(
                        text(node, "subject"), number(node, "version"), number(node, "id"), text(node, "schema"));
            case "deleted" -> {
                var versions = new ArrayList<Integer>();
                node.path("versions").forEach(version -> versions.add(version.asInt()));
                yield new Deleted(
                        text(node, "subject"), versions, node.path("permanent").asBoolean());
            }
            case "level-set" -> {
                String level = textOrNull(node, "level");
                yield new LevelSet(
                        textOrNull(node, "subject"), level == null ? null : CompatibilityLevel.valueOf(level));
            }
            default -> throw new IllegalArgumentException("unknown change '" + change + "'");
        };
    }

    private static String text(JsonNode node, String field) {
        String text = textOrNull(node, field);
        if (text == null) {
            throw new IllegalArgumentException(field + ": must be a text, got " + node.path(field));
        }
        return text;
    }

    private static @Nullable String textOrNull(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).textValue() : null;
    }

    private static int number(JsonNode node, String field) {
        if (!node.path(field).isInt()) {
            throw new IllegalArgumentException(field + ": must be a whole number, got " + node.path(field));
        }
        return node.path(field).intValue();
    }
}
