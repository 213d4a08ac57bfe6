package dev.tripline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Help.Ansi;

/** Tells what the process writes to. */
final class Terminal {
    private static final int OUTPUT = 1;
    private static final int ERRORS = 2;

    private Terminal() {}

    /** Tells whether standard output goes to a terminal. */
    static boolean takesOutput() {
        return takes(OUTPUT);
    }

    /** Tells whether errors go to a terminal on which a line can be written over. */
    static boolean takesErrors() {
        return takes(ERRORS) && !"dumb".equals(System.getenv("TERM"));
    }

    /** Java knows only whether both input and output are a terminal; Linux tells for each. Elsewhere it must do. */
    private static boolean takes(int descriptor) {
        Path link = Path.of("/proc/self/fd", Integer.toString(descriptor));
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return Ansi.AUTO.enabled();
        }
    }
}
