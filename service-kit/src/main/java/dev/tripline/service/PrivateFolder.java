package dev.tripline.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders and files that other users of the machine can neither read nor change. Where a file system knows no owners and
 * permissions in the sense of POSIX, such as on Windows, they are made with what it gives.
 */
public final class PrivateFolder {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final String ROOT = "root";

    private PrivateFolder() {}

    /**
     * Makes a folder, and its parents, for this user only; one that is there stays as it is.
     *
     * @throws IOException if it cannot be made, or is no folder
     */
    public static Path make(Path folder) throws IOException {
        return isPosix(folder)
                ? Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                : Files.createDirectories(folder);
    }

    /**
     * Makes a folder for this user only, or takes the rights of others off one that is there, with a line in the log.
     *
     * @throws IOException if it cannot be made, or belongs to another user, who could change what is in it. What belongs to
     *     {@code root} is taken as it is, since {@code root} can do so anyway
     */
    public static Path own(Path folder) throws IOException {
        if (!isPosix(folder)) {
            return Files.createDirectories(folder);
        }
        make(folder);
        // Also of one that was not there a moment ago: somebody else may have been faster.
        UserPrincipal user = user(folder);
        PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
        String problem = foreign(attributes.owner().getName(), user.getName());
        if (!problem.isEmpty()) {
            throw new IOException(folder + " " + problem);
        }
        tighten(folder, attributes, user);
        return folder;
    }

    /**
     * Takes the rights of others off a file that holds a key; where that is not possible, a line in the log says so.
     *
     * @throws IOException if the file cannot be looked at
     */
    public static void ownFile(Path file) throws IOException {
        if (!isPosix(file)) {
            return;
        }
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(file);
        if (!OWNER_FILE.containsAll(before)) {
            set(file, OWNER_FILE, before);
        }
    }

    /** Returns why a folder of this owner is not this user's to use; empty if it is. */
    static String foreign(String owner, String user) {
        return owner.equals(user) || owner.equals(ROOT)
                ? ""
                : "belongs to user " + owner + ", who could change what is in it; this is user " + user
                        + ": choose a folder of your own";
    }

    private static void tighten(Path folder, PosixFileAttributes attributes, UserPrincipal user) throws IOException {
        Set<PosixFilePermission> before = attributes.permissions();
        var kept = EnumSet.noneOf(PosixFilePermission.class);
        kept.addAll(before);
        kept.retainAll(OWNER_ONLY);
        if (kept.equals(before)) {
            return;
        }
        if (!attributes.owner().equals(user)) {
            LOG.warn(
                    "{}: belongs to {} and lets others in ({})",
                    folder,
                    attributes.owner().getName(),
                    PosixFilePermissions.toString(before));
            return;
        }
        set(folder, kept, before);
    }

    private static void set(Path path, Set<PosixFilePermission> now, Set<PosixFilePermission> before) {
        try {
            Files.setPosixFilePermissions(path, now);
            LOG.info(
                    "{}: now for its owner only ({}), was {}",
                    path,
                    PosixFilePermissions.toString(now),
                    PosixFilePermissions.toString(before));
        } catch (IOException e) {
            // Such as a memory stick, or a key that a secret store mounts for reading only.
            LOG.warn(
                    "{}: lets others in ({}), and that cannot be changed ({})",
                    path,
                    PosixFilePermissions.toString(before),
                    e);
        }
    }

    /** The user as the file system sees it: names in the environment can be anything, and containers have users without one. */
    private static UserPrincipal user(Path folder) throws IOException {
        FileAttribute<Set<PosixFilePermission>> mode = PosixFilePermissions.asFileAttribute(OWNER_FILE);
        Path probe = Files.createTempFile(folder, ".owner", ".tmp", mode);
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
