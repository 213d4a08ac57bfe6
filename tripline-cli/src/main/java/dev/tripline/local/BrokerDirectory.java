package dev.tripline.local;

import dev.tripline.service.PrivateFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Directory of a {@link LocalBroker}: formatted once, then checked before each start, because Kafka itself answers what
 * it cannot read by halting the process.
 */
final class BrokerDirectory {
    static final int NODE_ID = 1;

    /** Ours: says that the local broker made this directory, and which Kafka wrote it last. */
    static final String MARKER = "tripline-broker.properties";

    private static final String KAFKA_VERSION = "kafka.version";
    private static final String META = "meta.properties";
    private static final String LOCK = ".lock";

    private final Path dir;

    BrokerDirectory(Path dir) {
        this.dir = dir.toAbsolutePath().normalize();
    }

    @Override
    public String toString() {
        return dir.toString();
    }

    /**
     * Makes the directory ready for a start of this Kafka version.
     *
     * @throws LocalStartException if it is not writable, in use, of a newer Kafka, or not a local broker's
     */
    void prepare() {
        try {
            PrivateFolder.own(dir);
            requireNotInUse();
            requireOurs();
            requireSameNode();
            write(AppInfoParser.getVersion());
            if (!Files.exists(dir.resolve(META))) {
                format();
            }
        } catch (IOException e) {
            throw new LocalStartException("broker directory " + dir + ": cannot be read or written (" + e + ")", e);
        }
    }

    private void requireNotInUse() throws IOException {
        try (var channel = FileChannel.open(dir.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw inUse("another process");
            }
        } catch (OverlappingFileLockException e) {
            throw inUse("this process");
        }
    }

    private LocalStartException inUse(String owner) {
        return new LocalStartException("broker directory " + dir + ": in use by a broker in " + owner);
    }

    private void requireOurs() throws IOException {
        Path marker = dir.resolve(MARKER);
        if (!Files.exists(marker)) {
            if (hasOtherFiles()) {
                throw new LocalStartException("broker directory " + dir
                        + ": must be empty or written by the local broker, but has files and no " + MARKER);
            }
            return;
        }
        String writer = load(marker).getProperty(KAFKA_VERSION, "");
        String reader = AppInfoParser.getVersion();
        if (isNewer(writer, reader)) {
            throw new LocalStartException("broker directory " + dir + ": written by Kafka " + writer + ", which Kafka "
                    + reader + " in this Tripline cannot read; use the newer Tripline or an empty directory");
        }
    }

    private boolean hasOtherFiles() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir)) {
            for (Path file : files) {
                if (!file.endsWith(LOCK)) {
                    return true;
                }
            }
            return false;
        }
    }

    private void requireSameNode() throws IOException {
        Path meta = dir.resolve(META);
        if (!Files.exists(meta)) {
            return;
        }
        Properties properties = load(meta);
        String node = properties.getProperty("node.id");
        if (!Integer.toString(NODE_ID).equals(node) || properties.getProperty("cluster.id") == null) {
            throw new LocalStartException("broker directory " + dir + ": " + META + " must have node.id=" + NODE_ID
                    + " and a cluster.id, got node.id=" + node + " and cluster.id="
                    + properties.getProperty("cluster.id") + "; it belongs to another Kafka cluster");
        }
    }

    private static Properties load(Path file) throws IOException {
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        return properties;
    }

    /** Tells whether a version such as {@code 4.4.0} is above another; what is no number counts as nothing. */
    static boolean isNewer(String version, String than) {
        List<Integer> left = numbers(version);
        List<Integer> right = numbers(than);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            int difference = (i < left.size() ? left.get(i) : 0) - (i < right.size() ? right.get(i) : 0);
            if (difference != 0) {
                return difference > 0;
            }
        }
        return false;
    }

    private static List<Integer> numbers(String version) {
        return List.of(version.split("[^0-9]+")).stream()
                .filter(part -> !part.isEmpty() && part.length() < 10)
                .map(Integer::valueOf)
                .toList();
    }

    /** Written before anything else, so that a start that was killed half way is still known as ours. */
    private void write(String kafkaVersion) throws IOException {
        Path marker = dir.resolve(MARKER);
        String text = KAFKA_VERSION + "=" + kafkaVersion + "\n";
        if (!Files.exists(marker) || !Files.readString(marker).equals(text)) {
            Path fresh = dir.resolve(MARKER + ".new");
            Files.writeString(fresh, text);
            Files.move(fresh, marker, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void format() throws IOException {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .setControllerListenerName(LocalBroker.CONTROLLER)
                    .setDirectories(List.of(dir.toString()))
                    .setMetadataLogDirectory(dir.toString())
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("formatting failed: " + e.getMessage(), e);
        }
    }
}
