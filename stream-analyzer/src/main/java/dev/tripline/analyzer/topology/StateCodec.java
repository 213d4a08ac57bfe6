package dev.tripline.analyzer.topology;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Writes and reads records of the domain for state stores, as CBOR behind one byte that is the version of the layout.
 * Components are written by name, so that one may be added.
 */
final class StateCodec<V> {
    private static final int VERSION = 1;

    private static final ObjectMapper CBOR = new ObjectMapper(factory())
            .registerModule(new JavaTimeModule())
            .setVisibility(PropertyAccessor.ALL, Visibility.NONE)
            .setVisibility(PropertyAccessor.FIELD, Visibility.ANY)
            .setVisibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private final Class<V> type;

    /**
     * Names of tests are keys here, and Jackson's limits are for what strangers wrote: it refuses to read keys that it wrote
     * itself, of more than 50,000 characters or many of one hash, and so a whole suite.
     */
    private static CBORFactory factory() {
        return CBORFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(CBORGenerator.Feature.LENIENT_UTF_ENCODING)
                .build();
    }

    StateCodec(Class<V> type) {
        this.type = type;
    }

    byte[] write(V value) {
        var bytes = new ByteArrayOutputStream(256);
        bytes.write(VERSION);
        try {
            CBOR.writeValue(bytes, value);
        } catch (IOException e) {
            throw new IllegalStateException("a " + type.getSimpleName() + " cannot be written: " + value, e);
        }
        return bytes.toByteArray();
    }

    /**
     * @throws NewerStateException if a newer Tripline wrote the bytes
     * @throws UnreadableStateException if they are nothing that was written here
     */
    V read(byte[] bytes) {
        return StateBytes.read(
                "state of " + type.getSimpleName(),
                bytes,
                VERSION,
                VERSION,
                () -> CBOR.readValue(bytes, 1, bytes.length - 1, type));
    }
}
