package dev.tripline.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;

/** The folder {@code released}: for each released version one self-contained schema per topic, by topic name. */
final class ReleasedSchemas {
    /** Maven runs tests in the module's folder. */
    private static final Path FOLDER = Path.of("released");

    private static final String SUFFIX = ".avsc";

    private ReleasedSchemas() {}

    static List<String> versions() {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Schema> read(String version) {
        var schemas = new TreeMap<String, Schema>();
        try (Stream<Path> files = Files.list(FOLDER.resolve(version))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                schemas.put(
                        name.substring(0, name.length() - SUFFIX.length()),
                        new Schema.Parser().parse(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return schemas;
    }

    /** Returns the schemas as they are now, by topic without prefix. */
    static Map<String, Schema> current() {
        var schemas = new TreeMap<String, Schema>();
        for (Topic<?> topic : Topics.standard().all()) {
            schemas.put(topic.name().substring(Topics.DEFAULT_PREFIX.length()), topic.schema());
        }
        return schemas;
    }

    /**
     * Writes the folder of a version.
     *
     * @throws IllegalStateException if it is there: what was released does not change
     */
    static void write(String version) throws IOException {
        Path folder = FOLDER.resolve(version);
        if (Files.exists(folder)) {
            throw new IllegalStateException(folder + " exists; what was released does not change");
        }
        Files.createDirectories(folder);
        for (Map.Entry<String, Schema> schema : current().entrySet()) {
            Files.writeString(
                    folder.resolve(schema.getKey() + SUFFIX),
                    SchemaFormatter.format("json/pretty", schema.getValue()) + "\n");
        }
    }

    /** Lists what breaks between two sets of schemas, either way. */
    static List<String> conflicts(Map<String, Schema> current, Map<String, Schema> released) {
        var conflicts = new ArrayList<String>();
        released.forEach((topic, old) -> {
            Schema now = current.get(topic);
            if (now == null) {
                conflicts.add(topic + ": released, but no topic has it any more");
            } else {
                addConflicts(topic + ": the new schema cannot read what the released one wrote", now, old, conflicts);
                addConflicts(topic + ": the released schema cannot read what the new one writes", old, now, conflicts);
            }
        });
        return conflicts;
    }

    private static void addConflicts(String problem, Schema reader, Schema writer, List<String> conflicts) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult();
        if (result.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
            result.getIncompatibilities()
                    .forEach(found -> conflicts.add(problem + ": " + found.getType() + " at " + found.getLocation()
                            + ", " + found.getMessage()));
        }
    }
}
