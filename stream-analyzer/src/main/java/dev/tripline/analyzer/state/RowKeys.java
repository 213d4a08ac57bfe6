package dev.tripline.analyzer.state;

import dev.tripline.analyzer.outcome.Digest;
import java.util.Arrays;

/**
 * Keys of rows: names may have thousands of characters, and a row a few tens of bytes, so names are hashed. All rows of an owner
 * begin alike.
 */
public final class RowKeys {
    private RowKeys() {}

    /** Returns the first 16 bytes of all rows of an owner in a table. */
    public static byte[] owner(String environment, String table, String owner) {
        return Digest.key(environment, table, owner);
    }

    /** Returns what follows for one of them, 16 bytes; rows of an owner are in the order of these, as unsigned numbers. */
    public static byte[] row(String key) {
        return Digest.key(key);
    }

    /** Returns the key of a row. */
    public static byte[] of(byte[] owner, String key) {
        byte[] row = row(key);
        byte[] all = Arrays.copyOf(owner, owner.length + row.length);
        System.arraycopy(row, 0, all, owner.length, row.length);
        return all;
    }
}
