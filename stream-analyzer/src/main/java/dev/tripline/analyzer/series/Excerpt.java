package dev.tripline.analyzer.series;

import dev.tripline.service.text.Cut;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes the lines of a stack trace that say most: where it begins, and where it ends. */
final class Excerpt {
    private static final int HEAD = 12;
    private static final int TAIL = 12;
    private static final int LINE = 300;
    private static final int WHOLE = 2_000;

    private Excerpt() {}

    /**
     * Returns the first and the last lines, at most {@value #HEAD} and {@value #TAIL} of at most {@value #LINE} characters,
     * {@value #WHOLE} characters in all; null if there is nothing to be read.
     */
    static @Nullable String of(@Nullable String details) {
        if (details == null || details.isBlank()) {
            return null;
        }
        List<String> lines = details.lines()
                .map(String::stripTrailing)
                .dropWhile(String::isEmpty)
                .toList();
        int left = lines.size() - HEAD - TAIL;
        Stream<String> shown = left <= 1
                ? lines.stream()
                : Stream.of(
                                lines.subList(0, HEAD).stream(),
                                Stream.of("… " + left + " lines"),
                                lines.subList(lines.size() - TAIL, lines.size()).stream())
                        .flatMap(each -> each);
        String text = shown.map(line -> Cut.marked(line, LINE)).collect(Collectors.joining("\n"));
        return Cut.marked(text, WHOLE).stripTrailing();
    }
}
