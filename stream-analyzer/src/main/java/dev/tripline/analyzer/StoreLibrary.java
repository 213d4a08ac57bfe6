package dev.tripline.analyzer;

import dev.tripline.service.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads RocksDB's native library from a folder of ours. Left to itself RocksDB unpacks 15 MB into the temporary folder of all
 * users at each start, where another one could exchange it before it is loaded, and which a killed process leaves there.
 */
final class StoreLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(StoreLibrary.class);
    private static final String FOLDER = ".native-";
    private static final Duration IN_USE = Duration.ofMinutes(1);

    private StoreLibrary() {}

    /**
     * Unpacks, loads and deletes the library, and what a killed process left; nothing if it is loaded.
     *
     * @param stateDir folder of ours; made if absent
     * @throws IOException if the folder cannot be used
     */
    static synchronized void load(Path stateDir) throws IOException {
        PrivateFolder.make(stateDir);
        for (Path entry : files(stateDir)) {
            if (isLeftover(entry)) {
                delete(entry);
            }
        }
        // Made for this user only, under a name nobody can foresee.
        Path folder = Files.createTempDirectory(stateDir, FOLDER);
        try {
            NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
        } finally {
            // What is loaded stays, except on Windows, which deletes nothing that is in use: there the next start does.
            delete(folder);
        }
    }

    /** Another process may be just about to load from a young one. */
    private static boolean isLeftover(Path entry) throws IOException {
        return entry.getFileName().toString().startsWith(FOLDER)
                && Files.getLastModifiedTime(entry)
                        .toInstant()
                        .isBefore(Instant.now().minus(IN_USE));
    }

    private static void delete(Path folder) {
        try {
            for (Path file : files(folder)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.debug("{} is still in use", folder, e);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
