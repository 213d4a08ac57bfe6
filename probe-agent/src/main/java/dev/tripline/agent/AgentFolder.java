package dev.tripline.agent;

import dev.tripline.service.PrivateFolder;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an agent keeps on disk: its epoch, which changes when the folder is lost, and the run counters of its probes. One agent holds
 * the folder at a time.
 */
final class AgentFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentFolder.class);
    private static final String EPOCH = "runs";
    private static final String LOCK = "lock";
    private static final String COUNTERS = "counters";

    /** File systems take names of 255 bytes. */
    private static final int LONGEST_NAME = 200;

    private final Path folder;
    private final FileChannel lock;
    private final String epoch;

    private AgentFolder(Path folder, FileChannel lock, String epoch) {
        this.folder = folder;
        this.lock = lock;
        this.epoch = epoch;
    }

    /**
     * Takes the folder.
     *
     * @param folder is made if it does not exist
     * @throws IOException if it cannot be used, or another agent uses it
     */
    static AgentFolder open(Path folder) throws IOException {
        PrivateFolder.make(folder);
        FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = lock.tryLock();
            if (held == null) {
                throw new IOException(folder + ": another agent uses this data_dir");
            }
            PrivateFolder.make(folder.resolve(COUNTERS));
            return new AgentFolder(folder, lock, epochOf(folder));
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new IOException(folder + ": another agent of this process uses this data_dir", e);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /** The number behind the epoch was the last run of all probes together, before each counted for itself. */
    private static String epochOf(Path folder) throws IOException {
        Path state = folder.resolve(EPOCH);
        if (Files.exists(state)) {
            String[] words = Files.readString(state).strip().split("\\s+");
            if (words.length == 2 && words[1].matches("\\d{1,18}")) {
                return words[0];
            }
            LOG.warn("{}: not readable, the agent begins a new epoch", state);
        }
        String epoch = UUID.randomUUID().toString();
        RunCounter.write(state, epoch + " 0");
        return epoch;
    }

    /** Returns what tells this agent from all others. */
    String epoch() {
        return epoch;
    }

    /**
     * Returns the counter of a probe.
     *
     * @throws IOException if it cannot be read or written
     */
    RunCounter counter(String probe) throws IOException {
        return RunCounter.open(folder.resolve(COUNTERS).resolve(fileName(probe)), epoch);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static String fileName(String probe) {
        String name = URLEncoder.encode(probe, StandardCharsets.UTF_8).replace("*", "%2A");
        return "p-" + (name.length() <= LONGEST_NAME ? name : name.substring(0, 100) + "-" + digest(probe));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
