package dev.tripline.agent.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tripline.agent.report.BrokenReportException.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One line of a file of JSON lines: an object whose fields are asked for by name; an absent field and null are the same. */
final class JsonLine {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ObjectNode object;
    private final String name;
    private final int line;
    private final Set<String> asked = new HashSet<>();

    private JsonLine(ObjectNode object, String name, int line) {
        this.object = object;
        this.name = name;
        this.line = line;
    }

    /**
     * Parses a line.
     *
     * @throws BrokenReportException if it is no JSON object
     */
    static JsonLine parse(String text, String name, int line) throws BrokenReportException {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            int column =
                    e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getColumnNr());
            var broken = new BrokenReportException(name, line, column, "not JSON: " + e.getOriginalMessage());
            broken.initCause(e);
            throw broken;
        }
        if (node instanceof ObjectNode object) {
            return new JsonLine(object, name, line);
        }
        throw new BrokenReportException(name, line, 0, "must be a JSON object, got " + node.getNodeType());
    }

    /**
     * Parses the line that was read last. One in which a file was cut short is told from one that is wrong.
     *
     * @throws BrokenReportException if it is no JSON object
     */
    static JsonLine parse(String text, String name, TextLines lines) throws BrokenReportException {
        try {
            return parse(text, name, lines.number());
        } catch (BrokenReportException e) {
            boolean begun = text.stripLeading().startsWith("{");
            boolean open = e.getCause() instanceof JsonEOFException
                    || !text.stripTrailing().endsWith("}");
            if (lines.endedWithTheFile() && begun && open) {
                throw new BrokenReportException(name, lines.number(), 0, "cut short: " + e.reason(), Fault.BREAKS_OFF);
            }
            throw e;
        }
    }

    int line() {
        return line;
    }

    @Nullable
    String text(String field) throws BrokenReportException {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw broken(field, "must be a string", value);
        }
        return value.textValue();
    }

    /** Returns a text that must not be blank where it is given. */
    @Nullable
    String word(String field) throws BrokenReportException {
        String text = text(field);
        if (text != null && text.isBlank()) {
            throw broken(field + ": must not be blank");
        }
        return text;
    }

    String requiredWord(String field) throws BrokenReportException {
        String text = word(field);
        if (text == null) {
            throw broken(field + ": is required");
        }
        return text;
    }

    @Nullable
    Instant instant(String field) throws BrokenReportException {
        String text = text(field);
        if (text == null) {
            return null;
        }
        return ReportText.instant(text)
                .orElseThrow(
                        () -> broken(field + ": must be a time such as 2025-09-11T08:04:00-07:00, got '" + text + "'"));
    }

    /** Returns a whole number of at least {@code least}. */
    @Nullable
    Long number(String field, long least, long most) throws BrokenReportException {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw broken(field, "must be a whole number from " + least + " to " + most, value);
        }
        return value.longValue();
    }

    /** Returns a scalar as it is written, and a string's characters. */
    @Nullable
    String scalar(String field) throws BrokenReportException {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual() && !value.isNumber()) {
            throw broken(field, "must be a string or a number", value);
        }
        if (value.isTextual()) {
            return value.textValue();
        }
        // A number such as 12E1200 is read as one that is infinite, which has no decimal form.
        return Double.isFinite(value.doubleValue()) ? value.decimalValue().toPlainString() : value.asText();
    }

    boolean flag(String field) throws BrokenReportException {
        return Boolean.TRUE.equals(truth(field));
    }

    /** Returns true or false; null if it is not given. */
    @Nullable
    Boolean truth(String field) throws BrokenReportException {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            throw broken(field, "must be true or false", value);
        }
        return value.booleanValue();
    }

    /** Returns an object's strings by their names; empty if it is not given. */
    Map<String, String> textsByName(String field) throws BrokenReportException {
        JsonNode value = value(field);
        var texts = new HashMap<String, String>();
        if (value == null) {
            return texts;
        }
        if (!value.isObject()) {
            throw broken(field, "must be an object of strings", value);
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (!entry.getValue().isTextual()) {
                throw broken(field, "must be an object of strings", value);
            }
            texts.put(entry.getKey(), entry.getValue().textValue());
        }
        return texts;
    }

    List<String> texts(String field) throws BrokenReportException {
        JsonNode value = value(field);
        var texts = new ArrayList<String>();
        if (value == null) {
            return texts;
        }
        if (!value.isArray()) {
            throw broken(field, "must be a list of strings", value);
        }
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                throw broken(field, "must be a list of strings", value);
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /**
     * Says that all fields were asked for.
     *
     * @throws BrokenReportException if there is another
     */
    void requireNothingElse() throws BrokenReportException {
        for (Iterator<String> fields = object.fieldNames(); fields.hasNext(); ) {
            String field = fields.next();
            if (!asked.contains(field)) {
                throw broken(field + ": unknown field");
            }
        }
    }

    BrokenReportException broken(String reason) {
        return new BrokenReportException(name, line, 0, reason);
    }

    private BrokenReportException broken(String field, String rule, JsonNode value) {
        String got = value.toString();
        return broken(field + ": " + rule + ", got " + (got.length() > 100 ? got.substring(0, 100) + "…" : got));
    }

    private @Nullable JsonNode value(String field) {
        asked.add(field);
        JsonNode value = object.get(field);
        return value == null || value.isNull() ? null : value;
    }
}
