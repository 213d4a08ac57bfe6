package dev.tripline.analyzer.topology;

/**
 * Bytes of a store were written by a newer version of Tripline. They are good, so they are kept, and nothing goes on without them:
 * the stream thread fails until the newer version runs again.
 */
final class NewerStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NewerStateException(String what, int version, int newest) {
        super(what + ": version must be at most " + newest + ", got " + version
                + ": a newer Tripline wrote it; run that one again, nothing was thrown away");
    }
}
