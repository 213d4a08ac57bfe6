package dev.tripline.agent;

import dev.tripline.service.PrivateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identity of the agent's runs: its epoch, which changes when this folder is lost, and a counter of which no value is given
 * out twice within an epoch, whenever the machine loses power. One agent holds the folder at a time. May be shared between
 * threads.
 */
final class RunCounter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunCounter.class);
    private static final String STATE = "runs";
    private static final String LOCK = "lock";

    private final Path folder;
    private final FileChannel lock;
    private final String epoch;
    private long last;

    private RunCounter(Path folder, FileChannel lock, String epoch, long last) {
        this.folder = folder;
        this.lock = lock;
        this.epoch = epoch;
        this.last = last;
    }

    /**
     * Takes the folder.
     *
     * @param folder is made if it does not exist
     * @throws IOException if it cannot be used, or another agent uses it
     */
    static RunCounter open(Path folder) throws IOException {
        PrivateFolder.make(folder);
        FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = lock.tryLock();
            if (held == null) {
                throw new IOException(folder + ": another agent uses this data_dir");
            }
            return read(folder, lock);
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new IOException(folder + ": another agent of this process uses this data_dir", e);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static RunCounter read(Path folder, FileChannel lock) throws IOException {
        Path state = folder.resolve(STATE);
        if (Files.exists(state)) {
            String[] words = Files.readString(state).strip().split("\\s+");
            if (words.length == 2 && words[1].matches("\\d{1,18}")) {
                return new RunCounter(folder, lock, words[0], Long.parseLong(words[1]));
            }
            LOG.warn("{}: not readable, the agent begins a new epoch", state);
        }
        var fresh = new RunCounter(folder, lock, UUID.randomUUID().toString(), 0);
        fresh.save(0);
        return fresh;
    }

    /** Returns what tells this agent's runs from those of all others. */
    String epoch() {
        return epoch;
    }

    /**
     * Returns the next run, from 1, once the disk will not forget that it was used.
     *
     * @throws IOException if the disk does not keep it; no run was used
     */
    synchronized long next() throws IOException {
        save(last + 1);
        return ++last;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private void save(long run) throws IOException {
        Path next = folder.resolve(STATE + ".new");
        ByteBuffer bytes = ByteBuffer.wrap((epoch + " " + run + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel file = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        Files.move(next, folder.resolve(STATE), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
