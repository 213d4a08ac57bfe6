package dev.tripline.service.secrets;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The secrets that a process was given, to find them in messages and logs whatever they look like: a server may echo a token, a
 * client's exception may quote a password.
 *
 * <p>It is meant for what operators read. What is published is not masked by it: whoever writes a test could find out a secret by
 * printing guesses. Safe for use by many threads.
 */
public final class KnownSecrets {
    /** Fewest characters of a secret that is looked for: shorter ones stand in many words. */
    public static final int SHORTEST = 6;

    /** Lines of a key shorter than this are such as its end, and may stand elsewhere. */
    private static final int SHORTEST_LINE = 16;

    private static final String KIND = "configured";
    private static final String REASON = "is a secret of the configuration";
    private static final KnownSecrets PROCESS = new KnownSecrets();

    private final Set<String> forms = ConcurrentHashMap.newKeySet();

    /** Makes a list of its own, which knows none. */
    public KnownSecrets() {}

    /** Returns the list of this process: whoever makes a log line must know what whoever reads the configuration was given. */
    public static KnownSecrets process() {
        return PROCESS;
    }

    /**
     * Has a secret masked from now on, as it is and as it stands in a URL; of one with several lines, each long line too.
     *
     * @param secret if shorter than {@value #SHORTEST} characters, it is not looked for
     */
    public void remember(String secret) {
        add(secret);
        add(secret.strip());
        secret.lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_LINE)
                .forEach(this::add);
    }

    /**
     * Has the secrets in a named value masked from now on: the whole where the name says that it is one, else what looks like a
     * secret in it, such as the password in {@code sasl.jaas.config}.
     *
     * @param name its name; of one with dots, what is behind the last counts
     */
    public void rememberValue(String name, String value) {
        if (new SecretScan(value)
                .asValueOf(name.substring(name.lastIndexOf('.') + 1))
                .isPresent()) {
            remember(value);
        } else {
            SecretMask.standard().find(value).forEach(span -> remember(value.substring(span.start(), span.end())));
        }
    }

    private void add(String form) {
        if (form.length() >= SHORTEST) {
            forms.add(form);
            forms.add(URLEncoder.encode(form, StandardCharsets.UTF_8));
        }
    }

    /** Returns the text with each of these secrets replaced by {@code <masked:configured>}; the text itself if it has none. */
    public String mask(String text) {
        var found = new ArrayList<Span>();
        for (String form : forms) {
            for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
                found.add(new Span(at, at + form.length(), KIND, REASON));
            }
        }
        return Span.replaceAll(text, joined(found));
    }

    /** Secrets may overlap, and one may hold another. */
    private static List<Span> joined(List<Span> spans) {
        spans.sort(Comparator.comparingInt(Span::start));
        var joined = new ArrayList<Span>();
        for (Span span : spans) {
            int last = joined.size() - 1;
            if (last >= 0 && span.start() < joined.get(last).end()) {
                int end = Math.max(span.end(), joined.get(last).end());
                joined.set(last, new Span(joined.get(last).start(), end, KIND, REASON));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }
}
