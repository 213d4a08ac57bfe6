package dev.tripline.analyzer.topology;

import org.jspecify.annotations.Nullable;

/**
 * A record that could be read, with what is needed to put it aside.
 *
 * @param key key as it was read; null if it had none
 * @param raw value as it was read
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: it only carries the bytes through
record Decoded<V>(V value, byte @Nullable [] key, byte[] raw, Origin origin) {}
