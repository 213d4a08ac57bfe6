package dev.tripline.events;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Records of any topic with random content in every field. */
final class RandomRecords {
    private static final String HOSTILE = "aZ0 /%\u0000\n\u0085\u202eé漢😀<&\"'\\";

    private final SplittableRandom random;

    RandomRecords(long seed) {
        this.random = new SplittableRandom(seed);
    }

    <V extends SpecificRecord> V of(Topic<V> topic) {
        var generic = (GenericData.Record) value(topic.schema());
        var writer = new GenericDatumWriter<GenericData.Record>(topic.schema());
        var reader = new SpecificDatumReader<V>(topic.schema(), topic.schema(), RecordData.INSTANCE);
        var bytes = new ByteArrayOutputStream();
        try {
            var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            writer.write(generic, encoder);
            return topic.type().cast(reader.read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String text() {
        var text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            int[] points = HOSTILE.codePoints().toArray();
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private @Nullable Object value(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> {
                var record = new GenericData.Record(schema);
                schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
                yield record;
            }
            case ENUM ->
                new GenericData.EnumSymbol(
                        schema,
                        schema.getEnumSymbols()
                                .get(random.nextInt(schema.getEnumSymbols().size())));
            case ARRAY -> {
                var items = new ArrayList<Object>();
                int size = random.nextInt(3);
                for (int i = 0; i < size; i++) {
                    items.add(value(schema.getElementType()));
                }
                yield items;
            }
            case MAP -> {
                var entries = new LinkedHashMap<String, Object>();
                int size = random.nextInt(3);
                for (int i = 0; i < size; i++) {
                    entries.put(text() + i, value(schema.getValueType()));
                }
                yield entries;
            }
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case STRING -> text();
            case BYTES -> ByteBuffer.wrap(new byte[random.nextInt(5)]);
            case FIXED -> SpecificData.get().createFixed(null, new byte[schema.getFixedSize()], schema);
            case INT -> random.nextInt();
            // Within what an instant in milliseconds holds and a double keeps exactly.
            case LONG -> random.nextLong(-(1L << 50), 1L << 50);
            case FLOAT -> (float) random.nextDouble();
            case DOUBLE -> random.nextDouble();
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
        };
    }
}
