package dev.tripline.sink.filing;

import java.util.Arrays;

/**
 * A key that signs markers.
 *
 * @param id name of the key, which stands in each marker it signs: 1 to 64 letters, digits, dots, hyphens, underscores
 * @param secret its bytes; at least 16
 */
public record MarkerKey(String id, byte[] secret) {
    static final int SHORTEST_SECRET = 16;

    public MarkerKey {
        if (!id.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException(
                    "marker key id: must be 1 to 64 letters, digits, dots, hyphens or underscores, got '" + id + "'");
        }
        if (secret.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "marker key " + id + ": must have at least " + SHORTEST_SECRET + " bytes, got " + secret.length);
        }
        secret = secret.clone();
    }

    @Override
    public byte[] secret() {
        return secret.clone();
    }

    /** Returns the id alone; a secret is never printed. */
    @Override
    public String toString() {
        return "MarkerKey[" + id + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MarkerKey key && id.equals(key.id) && Arrays.equals(secret, key.secret);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
