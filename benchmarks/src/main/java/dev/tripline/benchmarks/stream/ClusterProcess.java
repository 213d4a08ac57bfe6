package dev.tripline.benchmarks.stream;

import dev.tripline.local.LocalBroker;
import dev.tripline.local.LocalRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Broker and registry in a process of their own. Prints their addresses; then answers each line, which is a pattern of topics, with the
 * bytes that were written to those topics so far.
 */
final class ClusterProcess {
    private ClusterProcess() {}

    /** Runs until it is ended; the argument is the folder. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (var broker = LocalBroker.start(folder.resolve("broker"), 0);
                var registry = LocalRegistry.start(folder.resolve("registry"), freePort());
                var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(broker.bootstrapServers() + " " + registry.url());
            for (String topics = questions.readLine(); topics != null; topics = questions.readLine()) {
                System.out.println(bytesWritten(topics));
            }
        }
    }

    private static long bytesWritten(String topics) throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        long bytes = 0;
        for (ObjectName name : beans.queryNames(
                new ObjectName("kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec,topic=" + topics), null)) {
            bytes += (Long) beans.getAttribute(name, "Count");
        }
        return bytes;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
