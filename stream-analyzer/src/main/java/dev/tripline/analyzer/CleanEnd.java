package dev.tripline.analyzer;

import dev.tripline.service.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells by a file beside the local state whether the process that used it last ended in order. */
final class CleanEnd {
    private final Path mark;

    /** @param state folder of the local state; the file stands beside it */
    CleanEnd(Path state) {
        this.mark = state.resolveSibling(state.getFileName() + ".in-use");
    }

    /** Tells whether somebody began to use the state and did not say that they ended; not to be asked while they use it. */
    boolean isMissing() {
        return Files.exists(mark);
    }

    /** Records that the state is in use. */
    void expect() {
        try {
            Path folder = mark.toAbsolutePath().getParent();
            if (folder != null) {
                PrivateFolder.make(folder);
            }
            Files.writeString(mark, Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new UncheckedIOException("state_dir: cannot write " + mark, e);
        }
    }

    /** Records that all of it was written and closed. */
    void reached() {
        try {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            throw new UncheckedIOException("state_dir: cannot delete " + mark, e);
        }
    }
}
