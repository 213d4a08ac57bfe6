package dev.tripline.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortOwnerTest {
    @Test
    void refusesAPortThatIsHeldAndSaysWhatToDo() throws Exception {
        try (var held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> PortOwner.requireFree(held.getLocalPort(), "--port", "Kafka"))
                    .isInstanceOf(StartException.class)
                    .hasMessageContainingAll(
                            "--port: port " + held.getLocalPort() + ", which Kafka needs",
                            "choose another with --port");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void namesTheProcessThatHoldsIt() throws Exception {
        try (var held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(PortOwner.find(held.getLocalPort()))
                    .as("without arguments, which may be passwords; the JVM of this test has some")
                    .hasValue("process " + ProcessHandle.current().pid() + " (java)");
            assertThat(ProcessHandle.current().info().arguments())
                    .hasValueSatisfying(arguments -> assertThat(arguments).isNotEmpty());
        }
    }

    @Test
    void acceptsAPortThatWasJustGivenBack() throws Exception {
        int port;
        try (var held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = held.getLocalPort();
        }

        assertThatCode(() -> PortOwner.requireFree(port, "--port", "Kafka")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void refusesWhatIsNoPort(int port) {
        assertThatThrownBy(() -> PortOwner.requireFree(port, "--port", "Kafka"))
                .isInstanceOf(StartException.class)
                .hasMessage("--port: must be a port from 1 to 65535, got " + port);
    }
}
