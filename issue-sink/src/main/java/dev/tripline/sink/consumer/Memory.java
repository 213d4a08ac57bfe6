package dev.tripline.sink.consumer;

import dev.tripline.events.Keys;
import dev.tripline.events.TrackedIssue;
import dev.tripline.sink.filing.KnownIssue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the topic of issues holds of one tracker. The records of other trackers are theirs: never read, changed or removed
 * here. A record may still stand under the key of earlier versions, the incident's id alone; of two records of one
 * issue the later in the topic counts. Not thread-safe.
 */
final class Memory {
    private final String tracker;
    private final Map<String, KnownIssue> newest = new LinkedHashMap<>();

    /** @param tracker name of the tracker */
    Memory(String tracker) {
        this.tracker = tracker;
    }

    /** Takes a record; they must come in the order of the topic. */
    void take(String key, KnownIssue issue) {
        newest.remove(key);
        newest.put(key, issue);
    }

    /** Takes that a key has no record any more. */
    void remove(String key) {
        newest.remove(key);
    }

    /** Returns what is known of this tracker's issues, one each. */
    List<KnownIssue> issues() {
        var issues = new LinkedHashMap<String, KnownIssue>();
        for (KnownIssue issue : newest.values()) {
            if (issue.tracker().equals(tracker)) {
                issues.put(issue.incidentId(), issue);
            }
        }
        return new ArrayList<>(issues.values());
    }

    /** Returns the old keys this tracker's records still stand under; each is the id of its incident. */
    Set<String> oldKeys() {
        var keys = new LinkedHashSet<String>();
        newest.forEach((key, issue) -> {
            if (issue.tracker().equals(tracker) && !key.equals(key(issue))) {
                keys.add(key);
            }
        });
        return keys;
    }

    private static String key(KnownIssue issue) {
        TrackedIssue record = Records.record(issue);
        return Keys.of(record);
    }
}
