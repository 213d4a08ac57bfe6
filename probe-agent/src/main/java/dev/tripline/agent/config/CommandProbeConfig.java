package dev.tripline.agent.config;

import dev.tripline.agent.report.ReportFormat;
import dev.tripline.service.Default;
import dev.tripline.service.Kind;
import dev.tripline.service.secrets.Disclosure;
import dev.tripline.service.secrets.KnownSecrets;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A probe that runs a command and reads the test reports it writes.
 *
 * @param name name of the probe; the test and suite of an outcome that stands for the whole command
 * @param environment environment it watches
 * @param service service it tests; null leaves it to the reports
 * @param revision build that is live; null leaves it to the reports
 * @param suite suite of all its outcomes; null leaves it to the reports
 * @param argv the command and its arguments, no shell in between; not empty
 * @param workingDir folder it runs in, and its reports are found under
 * @param every time from one start to the next; at least 1 s; a run that takes longer delays the next
 * @param timeout time after which the command and all processes it started are killed; more than 0
 * @param reports globs of the reports it writes, relative to the folder, such as {@code build/*.xml}; may be empty, then its
 *     exit code is its outcome
 * @param format format of its reports; null: the content of each tells
 * @param buildUrl page of the build that runs it, for issues; null leaves it to the reports
 * @param reportUrl page with its report, for issues; null leaves it to the reports
 * @param env environment variables it gets beside a few harmless ones of the agent's; may hold secrets
 * @param passEnv names of further variables of the agent's that it gets; may be empty
 * @param tags tags of all its outcomes; may be empty
 */
@Kind("command")
public record CommandProbeConfig(
        String name,
        String environment,
        @Nullable String service,
        @Nullable String revision,
        @Nullable String suite,
        List<String> argv,
        @Default(".") Path workingDir,
        Duration every,
        @Default("10m") Duration timeout,
        @Default("[]") List<String> reports,
        @Nullable ReportFormat format,
        @Nullable URI buildUrl,
        @Nullable URI reportUrl,
        @Default("{}") Map<String, String> env,
        @Default("[]") List<String> passEnv,
        @Default("[]") List<String> tags)
        implements ProbeConfig {
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

    public CommandProbeConfig {
        argv = List.copyOf(argv);
        reports = List.copyOf(reports);
        env = Map.copyOf(env);
        env.forEach(KnownSecrets.process()::rememberValue);
        passEnv = List.copyOf(passEnv);
        tags = List.copyOf(tags);
    }

    /** Lists what an operator must fix, as {@code path: rule, got value} lines; empty if usable. */
    public List<String> problems(String path) {
        var problems = new ArrayList<String>();
        if (name.isBlank()) {
            problems.add(path + ".name: must not be blank, got '" + name + "'");
        }
        if (environment.isBlank()) {
            problems.add(path + ".environment: must not be blank, got '" + environment + "'");
        }
        if (argv.isEmpty() || argv.get(0).isBlank()) {
            problems.add(path + ".argv: must name a command, got " + argv);
        }
        if (every.compareTo(Duration.ofSeconds(1)) < 0) {
            problems.add(path + ".every: must be at least 1s, got " + every.toMillis() + "ms");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            problems.add(path + ".timeout: must be more than 0, got " + timeout.toMillis() + "ms");
        }
        for (String glob : reports) {
            try {
                FileSystems.getDefault().getPathMatcher("glob:" + glob);
            } catch (PatternSyntaxException e) {
                problems.add(path + ".reports: must be globs, got '" + glob + "'");
            }
            if (format == null && !ReportFormat.hasEnding(glob)) {
                problems.add(path + ".reports: must end as one of " + ReportFormat.patterns()
                        + " does, or have its .format named, got '" + glob + "'");
            }
        }
        page(problems, path + ".build_url", buildUrl);
        page(problems, path + ".report_url", reportUrl);
        for (String variable : env.keySet()) {
            if (!VARIABLE.matcher(variable).matches()) {
                problems.add(path + ".env: must be names of variables, got '" + variable + "'");
            }
        }
        for (String variable : passEnv) {
            if (!VARIABLE.matcher(variable).matches()) {
                problems.add(path + ".pass_env: must be names of variables, got '" + variable + "'");
            }
        }
        return List.copyOf(problems);
    }

    private static void page(List<String> problems, String path, @Nullable URI page) {
        if (page != null
                && (page.getHost() == null || !String.valueOf(page.getScheme()).matches("(?i)https?"))) {
            problems.add(path + ": must be an http:// or https:// address, got '" + page + "'");
        }
    }

    /** Returns the probe without the values of its variables: they may be secret. */
    @Override
    public String toString() {
        return "CommandProbeConfig[name=" + name + ", environment=" + environment + ", argv="
                + Disclosure.masked(argv.toString()) + ", env="
                + env.keySet().stream().sorted().toList() + ", passEnv=" + passEnv + "]";
    }
}
