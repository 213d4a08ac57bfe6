package dev.tripline.events;

import java.util.Map;

/**
 * Avro's own limits for one record, set before Avro reads them. What an operator set with {@code -D} stays. All are far
 * above what a record of the catalogue needs and below what endangers a small heap.
 *
 * @see org.apache.avro.SystemLimitException
 */
final class AvroLimits {
    private static final int MEBI = 1024 * 1024;

    /** Bytes of one text or byte field, elements of one array or map, and bytes for the slots of all of them (8 each). */
    private static final Map<String, Integer> LIMITS = Map.of(
            "org.apache.avro.limits.bytes.maxLength", 16 * MEBI,
            "org.apache.avro.limits.string.maxLength", 16 * MEBI,
            "org.apache.avro.limits.collectionItems.maxLength", MEBI / 4,
            "org.apache.avro.limits.collectionItems.maxAllocation", 2 * MEBI);

    static {
        // Avro reads them once, when its class is loaded.
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value.toString());
            }
        });
    }

    private AvroLimits() {}

    /** Takes effect with the first call; the others cost nothing. */
    static void set() {
        // the static initialiser did it
    }
}
