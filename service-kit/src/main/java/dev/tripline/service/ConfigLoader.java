package dev.tripline.service;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a YAML file into one tree of records and reports all its problems at once.
 *
 * <ul>
 *   <li>A component {@code bootstrapServers} is the key {@code bootstrap_servers}; any other key is a problem.
 *   <li>A component may be a {@code String}, {@code int}, {@code long}, {@code double}, {@code boolean},
 *       {@link java.time.Duration} (see {@link DurationText}), {@link Path}, {@link java.net.URI}, {@link Secret}, an
 *       enum (lower case with hyphens), a record, a sealed interface of records named by {@link Kind}, or a
 *       {@code List} or {@code Map<String, …>} of these.
 *   <li>A component that is absent, or has no value, takes its {@link Default}; without one it is null if it is
 *       {@code @Nullable} and a problem otherwise.
 *   <li>Values may hold <code>${env:NAME}</code> and <code>${file:PATH}</code> (the file's text without the line break
 *       at its end); <code>$${</code> stands for a plain <code>${</code>.
 *   <li>Relative paths, in values and in <code>${file:PATH}</code>, are relative to the folder of the file.
 *   <li>A record may have a method {@code List<String> problems(String path)} that lists what is wrong with its values
 *       as {@code path.key: rule, got value}; it is called once they could all be read. So does an
 *       {@link IllegalArgumentException} of its constructor.
 * </ul>
 *
 * <p>What is missing or cannot be read hides no problem beside it: it is filled in, once with small and once with large values,
 * and what is wrong either way is reported too.
 *
 * <p>Problems quote values as written, those of {@code problems(…)} too, so what a reference stands for is not shown; neither are
 * secrets.
 */
public final class ConfigLoader {
    private ConfigLoader() {}

    /**
     * Reads a file.
     *
     * @throws ConfigException if it cannot be read or has problems
     */
    public static <T> T load(Path file, Class<T> type) {
        return read(textOf(file), file.toString(), type, file.getParent(), System::getenv);
    }

    /**
     * Reads YAML that does not come from a file; relative paths stay as they are.
     *
     * @param name what a problem report calls it
     * @throws ConfigException if it has problems
     */
    public static <T> T read(String yaml, String name, Class<T> type) {
        return read(yaml, name, type, null, System::getenv);
    }

    /**
     * Tells whether a file that {@link #load} reads gives a value to a key, so that what is written can be told from a
     * default.
     *
     * @param key a key of the outermost mapping, such as {@code kafka}
     * @throws ConfigException if it cannot be read
     */
    public static boolean isGiven(Path file, String key) {
        Yaml tree = Yaml.parse(textOf(file), new ArrayList<>());
        return tree instanceof Yaml.Entries root
                && root.entries().containsKey(key)
                && !(root.entries().get(key) instanceof Yaml.Nothing);
    }

    /** Makes what a program uses of what its file says, and lists what is wrong with that. */
    @FunctionalInterface
    public interface Assembly<T, R> {
        /**
         * Makes it. May be called twice, with other values filled in for what could not be read.
         *
         * @param problems takes lines {@code path: rule, got value}
         * @return null if it cannot be made
         */
        @Nullable
        R assemble(T file, List<String> problems);
    }

    /**
     * Reads YAML that does not come from a file and makes something of it; problems of both are reported together.
     *
     * @throws ConfigException if there are problems
     */
    public static <T, R> R read(String yaml, String name, Class<T> type, Assembly<T, R> assembly) {
        return read(yaml, name, type, null, System::getenv, assembly);
    }

    static <T> T read(
            String yaml, String name, Class<T> type, @Nullable Path folder, UnaryOperator<@Nullable String> env) {
        return read(yaml, name, type, folder, env, (file, problems) -> file);
    }

    private static <T, R> R read(
            String yaml,
            String name,
            Class<T> type,
            @Nullable Path folder,
            UnaryOperator<@Nullable String> env,
            Assembly<T, R> assembly) {
        var problems = new ArrayList<String>();
        var origins = new Origins();
        var references = new References(folder, env, origins);
        R made = read(yaml, type, references, assembly, Placeholders.SMALL, problems);
        if (made != null && problems.isEmpty()) {
            return made;
        }
        var again = new ArrayList<String>();
        read(yaml, type, references, assembly, Placeholders.LARGE, again);
        problems.retainAll(again);
        throw new ConfigException(name, problems.stream().map(origins::hide).toList());
    }

    private static <T, R> @Nullable R read(
            String yaml,
            Class<T> type,
            References references,
            Assembly<T, R> assembly,
            Placeholders placeholders,
            List<String> problems) {
        Yaml tree = Yaml.parse(yaml, problems);
        if (tree == null) {
            return null;
        }
        var scalars = new ScalarReader(references, problems);
        Object value = new RecordReader(scalars, problems, placeholders)
                .read(tree instanceof Yaml.Nothing ? new Yaml.Entries(Map.of()) : tree, type, "");
        return value == null ? null : assembly.assemble(type.cast(value), problems);
    }

    private static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(file.toString(), List.of("there is no such file"));
        } catch (CharacterCodingException e) {
            throw new ConfigException(file.toString(), List.of("must be UTF-8 text"));
        } catch (IOException e) {
            throw new ConfigException(file.toString(), List.of("cannot be read: " + e.getMessage()));
        }
    }
}
