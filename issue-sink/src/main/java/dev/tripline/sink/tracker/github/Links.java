package dev.tripline.sink.tracker.github;

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

    private static final Pattern REL = Pattern.compile("rel\\s*=\\s*\"?'?next", Pattern.CASE_INSENSITIVE);

    private Links() {}

    /** Returns the address of the next page as it is written, whatever that is; null on the last. */
    static @Nullable String next(List<String> headers) {
        for (String header : headers) {
            Matcher next = NEXT.matcher(header);
            if (next.find()) {
                return next.group(1);
            }
            // Half a list would look clean: a next page that cannot be made out is one that cannot be had.
            if (REL.matcher(header).find()) {
                return header;
            }
        }
        return null;
    }
}
