package dev.tripline.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A YAML document whose values keep the text they were written with: {@code 1.10} stays 1.10. */
sealed interface Yaml {
    /** A single value. */
    record Text(String text) implements Yaml {}

    /** A list. */
    record Items(List<Yaml> items) implements Yaml {}

    /** A mapping, in the order of the document. */
    record Entries(Map<String, Yaml> entries) implements Yaml {}

    /** No value: {@code null}, {@code ~} or nothing after the colon. */
    record Nothing() implements Yaml {}

    /** Returns what a problem calls this. */
    default String noun() {
        if (this instanceof Items) {
            return "a list";
        }
        if (this instanceof Entries) {
            return "a mapping";
        }
        return this instanceof Text ? "a single value" : "nothing";
    }

    /**
     * Parses one document.
     *
     * @param problems takes syntax errors with line and column, repeated keys and aliases
     * @return null if the syntax is broken
     */
    static @Nullable Yaml parse(String text, List<String> problems) {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            Yaml root = parser.nextToken() == null ? new Nothing() : value(parser, "", problems);
            if (parser.nextToken() != null) {
                problems.add("line " + line(parser) + ": must be one YAML document, got a second one");
            }
            return root;
        } catch (JsonProcessingException e) {
            // The message and its problem quote the file, and what they quote may be of a secret.
            if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
                var mark = marked.getProblemMark();
                problems.add("line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": is not YAML");
            } else {
                var at = e.getLocation();
                problems.add((at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ")
                        + "is not YAML");
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot happen: YAML is read from memory", e);
        }
    }

    private static Yaml value(YAMLParser parser, String path, List<String> problems) throws IOException {
        if (parser.isCurrentAlias()) {
            problems.add(KeyNames.line(path, "must be written out, got a YAML alias"));
            return new Nothing();
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return entries(parser, path, problems);
        }
        if (token == JsonToken.START_ARRAY) {
            var items = new ArrayList<Yaml>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser, path + "[" + items.size() + "]", problems));
            }
            return new Items(List.copyOf(items));
        }
        return token == JsonToken.VALUE_NULL ? new Nothing() : new Text(parser.getText());
    }

    private static Yaml entries(YAMLParser parser, String path, List<String> problems) throws IOException {
        var entries = new LinkedHashMap<String, Yaml>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String keyPath = KeyNames.child(path, key);
            int line = line(parser);
            parser.nextToken();
            if (entries.putIfAbsent(key, value(parser, keyPath, problems)) != null) {
                problems.add(keyPath + ": must be there once, found again in line " + line);
            }
        }
        return new Entries(entries);
    }

    private static int line(YAMLParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}
