package dev.tripline.service.health;

import dev.tripline.service.Default;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a service answers questions about its health. A service without it answers nowhere.
 *
 * @param port where it listens; 1 to 65535
 * @param host name or address of this machine it listens on; {@code 0.0.0.0} stands for all. There are no users and no TLS
 */
public record HealthConfig(int port, @Default("127.0.0.1") String host) {
    private static final int HIGHEST_PORT = 65_535;

    /** Lists what an operator must fix, as {@code path: rule, got value} lines; empty if usable. */
    List<String> problems(String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        var problems = new ArrayList<String>();
        if (port < 1 || port > HIGHEST_PORT) {
            problems.add(prefix + "port: must be 1 to " + HIGHEST_PORT + ", got " + port);
        }
        if (!host.matches("[A-Za-z0-9._:-]+")) {
            problems.add(prefix + "host: must be a name or an address of this machine, got '" + host + "'");
        }
        return List.copyOf(problems);
    }
}
