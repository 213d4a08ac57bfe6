package dev.tripline.local.schema;

/**
 * One version of a subject.
 *
 * @param subject name of the subject, such as {@code tripline.test-outcomes-value}
 * @param version number within the subject; from 1
 * @param id id of the schema; from 1, the same in every subject that has the schema
 * @param schema the schema as JSON
 * @param deleted whether it was deleted so that it can still be read by those who have its id
 */
public record SchemaVersion(String subject, int version, int id, String schema, boolean deleted) {
    SchemaVersion asDeleted() {
        return new SchemaVersion(subject, version, id, schema, true);
    }
}
