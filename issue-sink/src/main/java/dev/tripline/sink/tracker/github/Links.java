package dev.tripline.sink.tracker.github;

import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header by which GitHub names further pages.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8288#section-3">RFC 8288, section 3: Link</a>
 */
final class Links {
    private static final Pattern NEXT = Pattern.compile("<([^<>\\s]{1,2000})>\\s*;[^,<]{0,200}rel=\"?next\"?");

    private Links() {}

    /** Returns the address of the next page; null on the last. */
    static @Nullable URI next(List<String> headers) {
        for (String header : headers) {
            Matcher next = NEXT.matcher(header);
            if (next.find()) {
                return URI.create(next.group(1));
            }
        }
        return null;
    }
}
