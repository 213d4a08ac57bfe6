package dev.tripline.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identity of the runs of one probe: a source, which changes when its file is lost, and a counter of which no value is given out
 * twice within a source, whenever the machine loses power. Each probe counts for itself, so that its runs follow one another and
 * whoever remembers which were counted needs no more than the first and the last. May be shared between threads.
 */
final class RunCounter {
    private static final Logger LOG = LoggerFactory.getLogger(RunCounter.class);

    private final Path file;
    private final String source;
    private long last;

    private RunCounter(Path file, String source, long last) {
        this.file = file;
        this.source = source;
        this.last = last;
    }

    /**
     * Reads the counter of a probe, or begins one.
     *
     * @param epoch what tells the agent's runs from those of others; the source begins with it
     * @throws IOException if the file cannot be read or written
     */
    static RunCounter open(Path file, String epoch) throws IOException {
        if (Files.exists(file)) {
            String[] words = Files.readString(file).strip().split("\\s+", 2);
            if (words.length == 2 && words[0].startsWith(epoch + ".") && words[1].matches("\\d{1,18}")) {
                return new RunCounter(file, words[0], Long.parseLong(words[1]));
            }
            LOG.warn("{}: not readable, the runs of this probe begin anew", file);
        }
        String fresh = epoch + "." + UUID.randomUUID().toString().substring(0, 8);
        write(file, fresh + " 0");
        return new RunCounter(file, fresh, 0);
    }

    /** Returns what tells the runs of this probe from those of all others. */
    String source() {
        return source;
    }

    /**
     * Returns the next run, from 1, once the disk will not forget that it was used.
     *
     * @throws IOException if the disk does not keep it; no run was used
     */
    synchronized long next() throws IOException {
        write(file, source + " " + (last + 1));
        return ++last;
    }

    /** Replaces a file of one line, so that after a loss of power it has the old line or the new one. */
    static void write(Path file, String line) throws IOException {
        Path next = file.resolveSibling("new-" + file.getFileName());
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
