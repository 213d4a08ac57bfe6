package dev.tripline.local.schema;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/**
 * What a new version of a subject must keep readable.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/schema-evolution.html">Confluent:
 *     schema evolution and compatibility</a>
 */
public enum CompatibilityLevel {
    /** Anything goes. */
    NONE(false, false, false),
    /** The new version reads what the last one wrote. */
    BACKWARD(true, false, false),
    /** The new version reads what any earlier one wrote. */
    BACKWARD_TRANSITIVE(true, false, true),
    /** The last version reads what the new one writes. */
    FORWARD(false, true, false),
    /** Every earlier version reads what the new one writes. */
    FORWARD_TRANSITIVE(false, true, true),
    /** Both ways with the last version. */
    FULL(true, true, false),
    /** Both ways with every earlier version. */
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    CompatibilityLevel(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    /**
     * Returns the versions a new one is measured against.
     *
     * @param earlier all versions of the subject, oldest first
     */
    List<SchemaVersion> relevant(List<SchemaVersion> earlier) {
        return transitive || earlier.isEmpty() ? earlier : earlier.subList(earlier.size() - 1, earlier.size());
    }

    /**
     * Lists what stands against a schema beside another.
     *
     * @param fresh the new schema
     * @param earlier the schema it is measured against
     * @return one sentence per conflict; empty if the two are compatible
     */
    public List<String> conflicts(Schema fresh, Schema earlier) {
        var conflicts = new ArrayList<String>();
        if (backward) {
            addConflicts("the new schema cannot read what the earlier one wrote", fresh, earlier, conflicts);
        }
        if (forward) {
            addConflicts("the earlier schema cannot read what the new one writes", earlier, fresh, conflicts);
        }
        return List.copyOf(conflicts);
    }

    private static void addConflicts(String direction, Schema reader, Schema writer, List<String> conflicts) {
        SchemaPairCompatibility pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (pair.getType() == SchemaCompatibilityType.COMPATIBLE) {
            return;
        }
        pair.getResult()
                .getIncompatibilities()
                .forEach(found -> conflicts.add(
                        direction + ": " + found.getType() + " at " + found.getLocation() + ", " + found.getMessage()));
    }
}
