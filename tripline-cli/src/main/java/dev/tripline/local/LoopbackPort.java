package dev.tripline.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Ports of this machine's loopback address. */
final class LoopbackPort {
    static final String HOST = "127.0.0.1";

    private static final int HIGHEST = 65_535;

    private LoopbackPort() {}

    private static InetAddress address() throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    /** Returns a port that was free a moment ago. */
    static int free() {
        try (var socket = new ServerSocket(0, 1, address())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LocalStartException("no free port on " + HOST + ": " + e.getMessage(), e);
        }
    }

    /**
     * Makes sure that a port can be listened on.
     *
     * @param owner who wants it, for the message
     * @throws LocalStartException if it is taken or not a port
     */
    static void requireFree(int port, String owner) {
        if (port < 1 || port > HIGHEST) {
            throw new LocalStartException(
                    owner + ": port must be 1 to " + HIGHEST + " (0 takes a free one), got " + port);
        }
        try (var socket = new ServerSocket()) {
            // As the servers do: connections of an earlier run that linger in TIME_WAIT do not hold the port.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address(), port), 1);
        } catch (IOException e) {
            throw new LocalStartException(
                    owner + ": cannot listen on " + HOST + ":" + port + " (" + e.getMessage()
                            + "); stop what holds the port or choose another",
                    e);
        }
    }
}
