package dev.tripline.analyzer.environment;

import java.util.ArrayList;
import java.util.List;

/**
 * Changes of patterns whose deployment may still come to light.
 *
 * @param ids oldest first, at most {@value #MOST}
 */
public record RecentChanges(List<String> ids) {
    static final int MOST = 100;

    /** None. */
    static final RecentChanges NONE = new RecentChanges(List.of());

    public RecentChanges {
        ids = List.copyOf(ids);
    }

    RecentChanges with(String id) {
        var more = new ArrayList<>(ids);
        more.add(id);
        return new RecentChanges(more.subList(Math.max(0, more.size() - MOST), more.size()));
    }
}
