package dev.tripline.events;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
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
 * ignored. May be shared between threads.
 */
public final class EventSerde<V extends SpecificRecord> implements Serde<V> {
    private static final byte MAGIC = 0;
    private static final int HEADER_BYTES = 5;

    /** Bytes of the longest record that is read; Kafka's own limit is 1 MiB unless it was raised, but before it unpacks. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    /** Schemas of one topic, each with its reader, that one thread keeps. */
    private static final int READERS = 64;

    private final Topic<V> topic;
    private final EventSerdes serdes;

    /** Avro's readers and writers are dear to make and not meant for several threads. */
    private final ThreadLocal<Codec<V>> codecs;

    EventSerde(Topic<V> topic, EventSerdes serdes) {
        this.topic = topic;
        this.serdes = serdes;
        this.codecs = ThreadLocal.withInitial(() -> new Codec<>(topic));
    }

    /** Returns the topic whose values it writes and reads. */
    public Topic<V> topic() {
        return topic;
    }

    /**
     * Asks the registry for the schema's id, and for what reading needs to know of it, so that neither is asked for later.
     *
     * @throws RegistryUnavailableException if the registry does not answer now
     * @throws IllegalStateException if it does not know or does not accept the schema
     * @throws UnreadableRecordException if records that are written with it could not be read
     */
    public void prepare() {
        serdes.schemaOf(serdes.idOf(topic), topic);
    }

    /**
     * Writes a record.
     *
     * @throws RegistryUnavailableException if the schema's id is not known yet and the registry does not answer
     */
    public byte[] write(V record) {
        int id = serdes.idOf(topic);
        var bytes = new ByteArrayOutputStream(256);
        bytes.write(MAGIC);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        try {
            codecs.get().write(record, bytes);
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
        if (bytes.length > MAX_BYTES) {
            throw new UnreadableRecordException("must have at most " + MAX_BYTES + " bytes, got " + bytes.length);
        }
        if (bytes[0] != MAGIC) {
            throw new UnreadableRecordException("first byte must be 0, got " + (bytes[0] & 0xff));
        }
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        Codec<V> codec = codecs.get();
        SpecificDatumReader<V> reader = codec.reader(id, serdes);
        try {
            return codec.read(reader, bytes);
        } catch (IOException | RuntimeException e) {
            // Nothing but these bytes and two known schemas went in, so whatever it is, it is about the bytes.
            throw notA(e);
        } catch (StackOverflowError e) {
            // Schemas are bounded, so a small stack is no reason to end the process. What was half done goes.
            codecs.remove();
            throw notA(e);
        }
    }

    private UnreadableRecordException notA(Throwable cause) {
        return new UnreadableRecordException("not a " + topic.type().getSimpleName() + ": " + cause, cause);
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

    /** What one thread needs to write and read. */
    private static final class Codec<V extends SpecificRecord> {
        private final Topic<V> topic;
        private final SpecificDatumWriter<V> writer;
        private final Map<Integer, SpecificDatumReader<V>> readers = new EventSerdes.Newest<>(READERS);
        private @Nullable BinaryEncoder encoder;
        private @Nullable BinaryDecoder decoder;

        Codec(Topic<V> topic) {
            this.topic = topic;
            this.writer = new SpecificDatumWriter<>(topic.schema(), RecordData.INSTANCE);
        }

        void write(V record, OutputStream out) throws IOException {
            encoder = EncoderFactory.get().directBinaryEncoder(out, encoder);
            writer.write(record, encoder);
            encoder.flush();
        }

        SpecificDatumReader<V> reader(int id, EventSerdes serdes) {
            SpecificDatumReader<V> known = readers.get(id);
            if (known == null) {
                known = new SpecificDatumReader<>(serdes.schemaOf(id, topic), topic.schema(), RecordData.INSTANCE);
                readers.put(id, known);
            }
            return known;
        }

        /** Reads from the array itself: only so Avro knows what is left and refuses lengths that cannot be. */
        V read(SpecificDatumReader<V> reader, byte[] bytes) throws IOException {
            decoder = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, decoder);
            V record = topic.type().cast(reader.read(null, decoder));
            if (!decoder.isEnd()) {
                throw new IOException("bytes are left over behind the record");
            }
            return record;
        }
    }
}
