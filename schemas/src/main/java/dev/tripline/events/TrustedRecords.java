package dev.tripline.events;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that this package's classes may be made from schemas. Since 1.12.2 it refuses every class it was not told of,
 * generated ones too.
 *
 * @see <a href="https://github.com/apache/avro/pull/3693">AVRO-4189</a>
 */
final class TrustedRecords {
    private static final String PACKAGE = TrustedRecords.class.getPackageName();

    static {
        // Avro keeps one list for the process; whatever it holds already stays trusted.
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(PACKAGE)));
    }

    private TrustedRecords() {}

    /** Takes effect with the first call; the others cost nothing. */
    static void trust() {
        // the static initialiser did it
    }
}
