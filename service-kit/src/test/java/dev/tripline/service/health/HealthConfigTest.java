package dev.tripline.service.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tripline.service.ConfigException;
import dev.tripline.service.ConfigLoader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthConfigTest {
    @Test
    void listensOnThisMachineOnlyUnlessToldOtherwise() {
        assertThat(read("port: 8090")).isEqualTo(new HealthConfig(8090, "127.0.0.1"));
    }

    @Test
    void readsEveryField() {
        assertThat(read("{port: 9100, host: 0.0.0.0}")).isEqualTo(new HealthConfig(9100, "0.0.0.0"));
        assertThat(HealthConfig.class.getRecordComponents()).hasSize(2);
    }

    @Test
    void wantsAPort() {
        assertThat(problemsOf("host: 127.0.0.1")).singleElement().asString().startsWith("port: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void refusesWhatIsNoPort(int port) {
        assertThat(problemsOf("port: " + port)).containsExactly("port: must be 1 to 65535, got " + port);
    }

    @Test
    void listsAllProblemsAtOnce() {
        assertThat(problemsOf("{port: 0, host: 'http://me'}"))
                .containsExactly(
                        "port: must be 1 to 65535, got 0",
                        "host: must be a name or an address of this machine, got 'http://me'");
    }

    private static HealthConfig read(String yaml) {
        return ConfigLoader.read(yaml, "test", HealthConfig.class);
    }

    private static List<String> problemsOf(String yaml) {
        return catchThrowableOfType(ConfigException.class, () -> read(yaml)).problems();
    }
}
