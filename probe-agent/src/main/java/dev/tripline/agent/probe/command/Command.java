package dev.tripline.agent.probe.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A command as it is run.
 *
 * @param argv the command and its arguments, no shell in between; not empty
 * @param folder where it runs
 * @param timeout after which it is killed with all it started; more than 0
 * @param variables its environment variables: all of them, none of the agent's are added
 */
public record Command(List<String> argv, Path folder, Duration timeout, Map<String, String> variables) {
    public Command {
        argv = List.copyOf(argv);
        variables = Map.copyOf(variables);
    }

    /** Returns the command without the values of its variables: they may be secret. */
    @Override
    public String toString() {
        return "Command[argv=" + argv + ", folder=" + folder + ", timeout=" + timeout + ", variables="
                + variables.keySet().stream().sorted().toList() + "]";
    }
}
