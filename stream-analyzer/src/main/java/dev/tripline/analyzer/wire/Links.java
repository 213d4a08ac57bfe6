package dev.tripline.analyzer.wire;

import dev.tripline.service.secrets.SecretMask;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The pages that an outcome's attributes name: {@code build.url} and {@code report.url}. */
final class Links {
    private static final List<String> PAGES = List.of("build", "report");

    /** An address of a web page without white space; what else it may not hold is the business. */
    private static final Pattern PAGE = Pattern.compile("(?i)https?://[^\\s\\p{Cntrl}]{1,1000}");

    private Links() {}

    /** Returns the addresses by what they are; those that are none are left out. */
    static SortedMap<String, String> of(Map<String, String> attributes) {
        var links = new TreeMap<String, String>();
        for (String page : PAGES) {
            String address = attributes.get(page + ".url");
            if (address != null && PAGE.matcher(address.strip()).matches()) {
                links.put(page, SecretMask.standard().mask(address.strip()));
            }
        }
        return links;
    }
}
