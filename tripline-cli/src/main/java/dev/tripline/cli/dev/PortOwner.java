package dev.tripline.cli.dev;

import dev.tripline.service.text.Controls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds out whether a port can be listened on, and else who holds it. */
final class PortOwner {
    private PortOwner() {}

    /**
     * Makes sure that 127.0.0.1 can be listened on.
     *
     * @param option what chooses the port
     * @param purpose what wants it
     * @throws StartException if it is no port or somebody holds it; the message says who, if that can be found out
     */
    static void requireFree(int port, String option, String purpose) {
        if (port < 1 || port > 65_535) {
            throw new StartException(option + ": must be a port from 1 to 65535, got " + port);
        }
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1);
        } catch (IOException e) {
            throw new StartException(
                    option + ": port " + port + ", which " + purpose + " needs, "
                            + find(port)
                                    .map(owner -> "is held by " + owner)
                                    .orElse("cannot be listened on (" + e.getMessage() + ")")
                            + "; stop what holds it or choose another with " + option,
                    e);
        }
    }

    /** Returns process id and program, without its arguments, of who listens on a port; empty if that cannot be found out. */
    static Optional<String> find(int port) {
        try {
            return Files.isReadable(Path.of("/proc/net/tcp")) ? inProc(port) : byLsof(port);
        } catch (IOException e) {
            return Optional.empty(); // the port alone must do for the message
        }
    }

    /** @see <a href="https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html">Linux: /proc/net/tcp</a> */
    private static Optional<String> inProc(int port) throws IOException {
        var sockets = new HashSet<String>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.isReadable(Path.of(table))) {
                for (String line : Files.readAllLines(Path.of(table))) {
                    String[] fields = line.trim().split("\\s+");
                    boolean listens = fields.length > 9 && fields[3].equals("0A");
                    if (listens && fields[1].endsWith(":" + String.format("%04X", port))) {
                        sockets.add("socket:[" + fields[9] + "]");
                    }
                }
            }
        }
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes
                    .filter(process -> holds(Path.of("/proc", Long.toString(process.pid()), "fd"), sockets))
                    .findFirst()
                    .map(process -> describe(process.pid()));
        }
    }

    private static boolean holds(Path descriptors, Set<String> sockets) {
        try (Stream<Path> files = Files.list(descriptors)) {
            return files.anyMatch(file -> isOneOf(sockets, file));
        } catch (IOException e) {
            return false; // gone meanwhile, or another user's
        }
    }

    private static boolean isOneOf(Set<String> sockets, Path descriptor) {
        try {
            return sockets.contains(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    private static Optional<String> byLsof(int port) throws IOException {
        Process lsof = new ProcessBuilder("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!lsof.waitFor(5, TimeUnit.SECONDS)) {
                lsof.destroy();
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        String output = new String(lsof.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return output.lines()
                .filter(line -> line.matches("\\d+"))
                .findFirst()
                .map(pid -> describe(Long.parseLong(pid)));
    }

    /** Its arguments stay hidden: they may hold passwords, and the process may be another user's. */
    private static String describe(long pid) {
        return "process " + pid
                + ProcessHandle.of(pid)
                        .flatMap(process -> process.info().command())
                        .map(command -> Path.of(command).getFileName())
                        .map(program -> " (" + Controls.escape(program.toString()) + ")")
                        .orElse("");
    }
}
