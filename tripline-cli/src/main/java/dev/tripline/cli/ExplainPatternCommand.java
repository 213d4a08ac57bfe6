package dev.tripline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tripline.analyzer.pattern.ErrorPattern;
import dev.tripline.analyzer.pattern.Explanation;
import dev.tripline.analyzer.pattern.Mask;
import dev.tripline.analyzer.pattern.Normaliser;
import dev.tripline.service.ExitCode;
import dev.tripline.service.secrets.Disclosure;
import dev.tripline.service.secrets.SecretMask;
import dev.tripline.service.secrets.Span;
import dev.tripline.service.text.Controls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tripline explain-pattern}: shows which error pattern a failure has, and why. */
@Command(
        name = "explain-pattern",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows which error pattern a failure has, what of its message was masked, and why.",
            "The analyzer names patterns by the same code. Nothing is read but the message, and nothing is sent."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tripline explain-pattern \"no answer within 60s (thread 41c7)\"",
            "  tripline explain-pattern --type KeyError -- \"-1\"",
            "  tripline explain-pattern --stdin --output json < messages.txt"
        })
final class ExplainPatternCommand implements Callable<Integer> {

    /** What is printed. */
    enum Output {
        TEXT,
        JSON
    }

    /** When colours are used. */
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER
    }

    private static final String SECRET = "<secret>";
    private static final String RESET = "\u001b[0m";
    private static final String MASKED = "\u001b[33m";
    private static final String KEPT = "\u001b[32m";
    private static final String HIDDEN = "\u001b[31m";
    private static final int WIDEST_PART = 40;

    private final InputStream input;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MESSAGE",
            description = "Message of the failure as its report has it, of one line or many.")
    private @Nullable String message;

    @Option(
            names = "--type",
            paramLabel = "T",
            description =
                    "Type of the failure as its report has it, such as TimeoutError. Default: what the message begins"
                            + " with, if that looks like one.")
    private @Nullable String type;

    @Option(names = "--stdin", description = "Read messages from standard input, one a line.")
    private boolean standardInput;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description =
                    "json: an object a message on a line of its own, with id, template, masks and keeps; start and end"
                            + " count UTF-16 units from 0. Default: ${DEFAULT-VALUE}")
    private Output output = Output.TEXT;

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            description = "auto: colours on a terminal, unless NO_COLOR is set. Default: ${DEFAULT-VALUE}")
    private Colour colour = Colour.AUTO;

    @Mixin
    private final MaskOption mask = new MaskOption();

    @Spec
    private @Nullable CommandSpec spec;

    ExplainPatternCommand() {
        this(System.in);
    }

    ExplainPatternCommand(InputStream input) {
        this.input = input;
    }

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("picocli gives a command its specification before it calls it");
        }
        if (standardInput && message != null) {
            throw new CommandException(
                    ExitCode.CANNOT_START, "--stdin: must be without MESSAGE, got '" + Disclosure.line(message) + "'");
        }
        mask.use();
        PrintWriter out = spec.commandLine().getOut();
        if (message != null) {
            explain(message, out);
        } else if (standardInput) {
            explainLines(out);
        } else {
            throw new CommandException(
                    ExitCode.CANNOT_START, "MESSAGE: must be given, or --stdin to read messages, got neither");
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private void explainLines(PrintWriter out) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
        boolean first = true;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (output == Output.TEXT && !first) {
                out.println();
            }
            first = false;
            explain(line, out);
            if (!lines.ready()) {
                // Who writes a line and waits for its answer gets it.
                out.flush();
            }
        }
    }

    private void explain(String text, PrintWriter out) throws JsonProcessingException {
        Explanation explanation = Normaliser.standard().explain(type, text);
        switch (output) {
            case JSON -> out.println(json(explanation));
            case TEXT -> print(text, explanation, out);
        }
    }

    private static String json(Explanation explanation) throws JsonProcessingException {
        var mapper = new ObjectMapper();
        ErrorPattern pattern = explanation.pattern();
        ObjectNode object = mapper.createObjectNode();
        object.put("id", pattern.id());
        object.put("normaliserVersion", pattern.normaliserVersion());
        object.put("type", pattern.type());
        object.put("template", pattern.template());
        object.put("generic", pattern.generic());
        addParts(object.putArray("masks"), explanation.masks());
        addParts(object.putArray("keeps"), explanation.keeps());
        return mapper.writeValueAsString(object);
    }

    private static void addParts(ArrayNode array, List<Mask> parts) {
        for (Mask part : parts) {
            array.addObject()
                    .put("start", part.start())
                    .put("end", part.end())
                    .put("kind", part.kind())
                    .put("reason", part.reason());
        }
    }

    private void print(String text, Explanation explanation, PrintWriter out) {
        boolean coloured = switch (colour) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> Terminal.takesOutput() && System.getenv("NO_COLOR") == null;
        };
        ErrorPattern pattern = explanation.pattern();
        List<Span> secrets = SecretMask.standard().find(text);
        out.println("id        " + pattern.id() + " (normaliser " + pattern.normaliserVersion() + ")"
                + (pattern.generic() ? ", too generic to name a cause" : ""));
        if (pattern.type() != null) {
            out.println("type      " + Disclosure.line(pattern.type()));
        }
        out.println("template  " + Controls.escape(pattern.template()));
        out.println("message   " + painted(text, explanation, secrets, coloured));
        int width = 0;
        for (List<Mask> parts : List.of(explanation.masks(), explanation.keeps())) {
            for (Mask part : parts) {
                width = Math.max(width, shown(text, part, secrets).length());
            }
        }
        for (Mask part : explanation.masks()) {
            boolean secret = isSecret(part.start(), part.end(), secrets);
            printPart("masked", shown(text, part, secrets), width, part, coloured ? secret ? HIDDEN : MASKED : "", out);
        }
        for (Mask part : explanation.keeps()) {
            printPart("kept", shown(text, part, secrets), width, part, coloured ? KEPT : "", out);
        }
    }

    private static void printPart(String what, String shown, int width, Mask part, String paint, PrintWriter out) {
        out.printf(
                "%-8s  %s%s%s%s  %s: %s%n",
                what,
                paint,
                shown,
                paint.isEmpty() ? "" : RESET,
                " ".repeat(width - shown.length()),
                part.kind(),
                part.reason());
    }

    private static String shown(String text, Mask part, List<Span> secrets) {
        if (isSecret(part.start(), part.end(), secrets)) {
            return SECRET;
        }
        String shown = Controls.escape(text.substring(part.start(), part.end()));
        return shown.length() <= WIDEST_PART ? shown : shown.substring(0, WIDEST_PART - 1) + "…";
    }

    private static boolean isSecret(int start, int end, List<Span> secrets) {
        return secrets.stream().anyMatch(secret -> secret.start() < end && start < secret.end());
    }

    /** Returns the message on one line, its parts in their colours; a secret shows as such. */
    private static String painted(String text, Explanation explanation, List<Span> secrets, boolean coloured) {
        var paints = new String[text.length()];
        Arrays.fill(paints, "");
        explanation.keeps().forEach(keep -> Arrays.fill(paints, keep.start(), keep.end(), KEPT));
        explanation.masks().forEach(mask -> Arrays.fill(paints, mask.start(), mask.end(), MASKED));
        secrets.forEach(secret -> Arrays.fill(paints, secret.start(), secret.end(), HIDDEN));
        var line = new StringBuilder();
        int end;
        for (int start = 0; start < text.length(); start = end) {
            String paint = paints[start];
            end = start + 1;
            while (end < text.length() && paints[end].equals(paint)) {
                end++;
            }
            boolean painted = coloured && !paint.isEmpty();
            line.append(painted ? paint : "")
                    .append(paint.equals(HIDDEN) ? SECRET : Controls.escape(text.substring(start, end)))
                    .append(painted ? RESET : "");
        }
        return line.toString();
    }
}
