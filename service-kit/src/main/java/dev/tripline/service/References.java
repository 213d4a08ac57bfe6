package dev.tripline.service;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts in what <code>${env:NAME}</code> and <code>${file:PATH}</code> stand for.
 *
 * @param folder what relative paths are relative to; null for the working directory
 * @param env returns an environment variable, null if it is not set
 * @param origins takes what was put in, and for what
 */
record References(@Nullable Path folder, UnaryOperator<@Nullable String> env, Origins origins) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");

    /**
     * Returns the text with its references resolved.
     *
     * @param path where it stands
     * @throws IllegalArgumentException if one cannot be; the message is the rule it breaks
     */
    String resolve(String text, String path) {
        if (!text.contains("${")) {
            return text;
        }
        origins.written(path, text);
        return REFERENCE.matcher(text).replaceAll(match -> {
            // A doubled dollar sign is how a plain one is written.
            if (match.group().equals("$${")) {
                return Matcher.quoteReplacement("${");
            }
            String value = valueOf(match.group(1), !match.group(2).isEmpty());
            origins.putIn(match.group(), value);
            return Matcher.quoteReplacement(value);
        });
    }

    private String valueOf(String reference, boolean closed) {
        if (closed && reference.startsWith("env:")) {
            String name = reference.substring("env:".length());
            String value = env.apply(name);
            if (value == null) {
                throw new IllegalArgumentException("needs the environment variable " + name + ", which is not set");
            }
            return value;
        }
        if (closed && reference.startsWith("file:")) {
            return contentOf(reference.substring("file:".length()));
        }
        throw new IllegalArgumentException(
                "must refer to ${env:NAME} or ${file:PATH} (write $${ for a plain ${), got '${" + reference
                        + (closed ? "}'" : "'"));
    }

    private String contentOf(String path) {
        try {
            Path file = folder == null ? Path.of(path) : folder.resolve(path);
            return Files.readString(file).replaceFirst("\\R\\z", "");
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("needs the file " + e.getFile() + ", which does not exist", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("needs the file " + path + ", which is not UTF-8 text", e);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "needs the file " + path + ", which cannot be read: " + e.getMessage(), e);
        }
    }
}
