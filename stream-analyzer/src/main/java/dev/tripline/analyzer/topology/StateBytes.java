package dev.tripline.analyzer.topology;

import java.io.IOException;

/** Bytes of a store behind one byte that is the version of their layout, 1 to 255. */
final class StateBytes {
    private StateBytes() {}

    /** Reads what stands behind the version. */
    interface Reader<V> {
        V read() throws IOException;
    }

    /**
     * Reads bytes whose version is known.
     *
     * @param what what they are of, for messages
     * @param oldest oldest version that can be read; at least 1
     * @param newest newest version that can be read
     * @param reader reads them; whatever it throws is about the bytes, for nothing else goes in
     * @throws NewerStateException if the version is above the newest
     * @throws UnreadableStateException if there are no bytes, the version is below the oldest, or the reader fails
     */
    static <V> V read(String what, byte[] bytes, int oldest, int newest, Reader<V> reader) {
        if (bytes.length == 0) {
            throw new UnreadableStateException(what + ": version must be " + range(oldest, newest) + ", got nothing");
        }
        int version = Byte.toUnsignedInt(bytes[0]);
        if (version > newest) {
            throw new NewerStateException(what, version, newest);
        }
        if (version < oldest) {
            throw new UnreadableStateException(
                    what + ": version must be " + range(oldest, newest) + ", got " + version);
        }
        V value;
        try {
            value = reader.read();
        } catch (NewerStateException | UnreadableStateException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new UnreadableStateException(what + " cannot be read: " + bytes.length + " bytes", e);
        }
        if (value == null) {
            throw new UnreadableStateException(what + " is null: " + bytes.length + " bytes");
        }
        return value;
    }

    private static String range(int oldest, int newest) {
        return oldest == newest ? Integer.toString(newest) : oldest + " to " + newest;
    }
}
