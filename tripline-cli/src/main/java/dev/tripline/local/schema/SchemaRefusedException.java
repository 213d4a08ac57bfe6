package dev.tripline.local.schema;

/** The registry refuses a request, for a reason its protocol has a code for. */
public final class SchemaRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a request is refused. */
    public enum Reason {
        /** No such subject. */
        SUBJECT_NOT_FOUND,
        /** The subject has no such version. */
        VERSION_NOT_FOUND,
        /** No such schema, in the subject or at all. */
        SCHEMA_NOT_FOUND,
        /** The subject is deleted already. */
        SUBJECT_DELETED,
        /** The subject must be deleted before it can be deleted for good. */
        SUBJECT_NOT_DELETED,
        /** The version is deleted already. */
        VERSION_DELETED,
        /** The version must be deleted before it can be deleted for good. */
        VERSION_NOT_DELETED,
        /** The subject has no compatibility level of its own. */
        LEVEL_NOT_SET,
        /** The subject has no mode of its own. */
        MODE_NOT_SET,
        /** Not an Avro schema this registry takes. */
        INVALID_SCHEMA,
        /** Not a version number. */
        INVALID_VERSION,
        /** Not a compatibility level. */
        INVALID_LEVEL,
        /** What this registry does not do. */
        NOT_PERMITTED,
        /** The schema breaks the subject's compatibility level. */
        INCOMPATIBLE
    }

    private final Reason reason;

    public SchemaRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }

    static SchemaRefusedException subjectNotFound(String subject) {
        return new SchemaRefusedException(Reason.SUBJECT_NOT_FOUND, "Subject '" + subject + "' not found.");
    }

    static SchemaRefusedException versionNotFound(String subject, int version) {
        return new SchemaRefusedException(
                Reason.VERSION_NOT_FOUND, "Version " + version + " of subject '" + subject + "' not found.");
    }
}
