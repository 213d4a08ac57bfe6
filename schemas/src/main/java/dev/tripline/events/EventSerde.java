package dev.tripline.events;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Serde of one topic's values. A tombstone is null both ways. Records are bound to their topic: the name Kafka passes in is
 * ignored.
 */
public final class EventSerde<V extends SpecificRecord> implements Serde<V> {
    private static final byte MAGIC = 0;
    private static final int HEADER_BYTES = 5;

    private final Topic<V> topic;
    private final EventSerdes serdes;

    EventSerde(Topic<V> topic, EventSerdes serdes) {
        this.topic = topic;
        this.serdes = serdes;
    }

    /** Returns the topic whose values it writes and reads. */
    public Topic<V> topic() {
        return topic;
    }

    /**
     * Writes a record.
     *
     * @throws RegistryUnavailableException if the schema's id is not known yet and the registry does not answer
     */
    public byte[] write(V record) {
        var bytes = new ByteArrayOutputStream(256);
        bytes.write(MAGIC);
        bytes.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(serdes.idOf(topic)).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<V>(topic.schema()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a record.
     *
     * @throws UnreadableRecordException if the bytes are not a record of the topic
     * @throws RegistryUnavailableException if its schema is not known yet and the registry does not answer
     */
    public V read(byte[] bytes) {
        if (bytes.length < HEADER_BYTES) {
            throw new UnreadableRecordException(
                    "too short: " + bytes.length + " bytes, a header alone has " + HEADER_BYTES);
        }
        if (bytes[0] != MAGIC) {
            throw new UnreadableRecordException("first byte must be 0, got " + (bytes[0] & 0xff));
        }
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        var reader = new SpecificDatumReader<V>(serdes.schemaOf(id), topic.schema());
        try {
            var body = new ByteArrayInputStream(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
            BinaryDecoder decoder = DecoderFactory.get().directBinaryDecoder(body, null);
            V record = topic.type().cast(reader.read(null, decoder));
            if (body.available() > 0) {
                throw new UnreadableRecordException(body.available() + " bytes left over behind the record");
            }
            return record;
        } catch (IOException
                | AvroRuntimeException
                | ClassCastException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | OutOfMemoryError e) {
            throw new UnreadableRecordException("not a " + topic.type().getSimpleName() + ": " + e, e);
        }
    }

    @Override
    public Serializer<V> serializer() {
        return (name, record) -> orNull(record);
    }

    @Override
    public Deserializer<V> deserializer() {
        return (name, bytes) -> orNull(bytes);
    }

    private byte @Nullable [] orNull(@Nullable V record) {
        return record == null ? null : write(record);
    }

    private @Nullable V orNull(byte @Nullable [] bytes) {
        return bytes == null ? null : read(bytes);
    }
}
