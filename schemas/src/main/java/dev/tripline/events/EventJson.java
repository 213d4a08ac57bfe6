package dev.tripline.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records as plain JSON for people and scripts: fields by their names in the schema, in its order; times as ISO 8601 in UTC;
 * enums as their symbols; absent values as null. Not Avro's own JSON encoding, which wraps every optional value in its type.
 */
public final class EventJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private EventJson() {}

    /** Returns a record as JSON. */
    public static ObjectNode of(IndexedRecord record) {
        ObjectNode object = JSON.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            object.set(field.name(), node(record.get(field.pos())));
        }
        return object;
    }

    /** Returns records as a JSON array, in order. */
    public static ArrayNode of(List<? extends IndexedRecord> records) {
        ArrayNode array = JSON.arrayNode();
        records.forEach(record -> array.add(of(record)));
        return array;
    }

    private static JsonNode node(@Nullable Object value) {
        if (value == null) {
            return JSON.nullNode();
        } else if (value instanceof IndexedRecord record) {
            return of(record);
        } else if (value instanceof List<?> list) {
            ArrayNode array = JSON.arrayNode();
            list.forEach(each -> array.add(node(each)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            var sorted = new TreeMap<String, Object>();
            map.forEach((key, each) -> sorted.put(String.valueOf(key), each));
            sorted.forEach((key, each) -> object.set(key, node(each)));
            return object;
        } else if (value instanceof Instant || value instanceof CharSequence || value instanceof GenericEnumSymbol<?>) {
            return JSON.textNode(value.toString());
        } else if (value instanceof Integer number) {
            return JSON.numberNode(number);
        } else if (value instanceof Long number) {
            return JSON.numberNode(number);
        } else if (value instanceof Double number) {
            return JSON.numberNode(number);
        } else if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        throw new IllegalArgumentException(
                "no field of the contracts holds a " + value.getClass().getName());
    }
}
