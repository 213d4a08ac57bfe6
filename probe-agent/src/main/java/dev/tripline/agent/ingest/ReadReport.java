package dev.tripline.agent.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one report turned out to be.
 *
 * @param outcomes outcomes that were handed out
 * @param contents what the file is, for the case that there were none: {@code no test cases}, or
 *     {@code NUnit 3, root <test-run>}
 * @param warnings one line for each kind of detail that counts as not given, with file, first place and value, and count
 * @param breaksOff why the report ends before its end, with file and place; null if it is whole
 */
public record ReadReport(
        long outcomes,
        String contents,
        List<String> warnings,
        @Nullable String breaksOff) {
    public ReadReport {
        warnings = List.copyOf(warnings);
    }
}
