package dev.tripline.local.schema;

import dev.tripline.local.schema.SchemaRefusedException.Reason;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * How large a schema may be that this registry takes. Comparing two of them looks at each pair of their types, in time and memory: two of
 * 1,500 types took minutes and all of 512 MB.
 */
final class SchemaBounds {
    /** Characters of one schema; the longest of Tripline's has about 25,000. */
    static final int MOST_TEXT = 512 * 1024;

    /** Types and branches of one schema, each that is written out counted once; the largest of Tripline's has about 240. */
    static final int MOST_TYPES = 500;

    private static final int MOST_DEPTH = 64;

    private final Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private SchemaBounds() {}

    /** @throws SchemaRefusedException if a text is longer than any schema may be */
    static void checkText(String schema) {
        if (schema.length() > MOST_TEXT) {
            throw refused("must have at most " + MOST_TEXT + " characters, got " + schema.length());
        }
    }

    /** @throws SchemaRefusedException if a schema has more types than this registry compares, or deeper ones */
    static void check(Schema schema) {
        new SchemaBounds().count(schema, 1);
    }

    private void count(Schema schema, int depth) {
        if (depth > MOST_DEPTH) {
            throw refused("types must be nested at most " + MOST_DEPTH + " deep");
        }
        if (!seen.add(schema)) {
            return;
        }
        if (seen.size() > MOST_TYPES) {
            throw refused("must have at most " + MOST_TYPES + " types");
        }
        switch (schema.getType()) {
            case RECORD -> schema.getFields().forEach(field -> count(field.schema(), depth + 1));
            case UNION -> schema.getTypes().forEach(branch -> count(branch, depth + 1));
            case ARRAY -> count(schema.getElementType(), depth + 1);
            case MAP -> count(schema.getValueType(), depth + 1);
            default -> {
                // it holds no other
            }
        }
    }

    private static SchemaRefusedException refused(String rule) {
        return new SchemaRefusedException(Reason.INVALID_SCHEMA, "Invalid schema: " + rule);
    }
}
