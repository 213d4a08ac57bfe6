package dev.tripline.sink.consumer;

import dev.tripline.events.Incident;
import dev.tripline.service.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * How much of an incident is kept. The analyzer stays far below it; a record of a stranger may hold a hundred thousand tests in a few
 * kilobytes, of which each takes a hundred times that in memory, for as long as the sink runs.
 */
final class IncidentBounds {
    /** Characters of an id: a marker has no room for more. */
    static final int ID = 1_024;

    private static final int TEXT = 2_048;

    /** Characters of texts that may be longer than {@link #TEXT}, by the name of their field. */
    private static final Map<String, Integer> LONG_TEXTS =
            Map.of("template", 4_096, "message", 16_384, "example", 16_384, "text", 16_384, "details", 65_536);

    private static final int ELEMENTS = 250;

    /** Lists of which the end says more than the beginning. */
    private static final String FACTS = "facts";

    private IncidentBounds() {}

    /**
     * Cuts what is longer than the bounds.
     *
     * @param incident is changed
     * @throws IllegalArgumentException if its id is longer than any that the analyzer makes: cut, it would be another
     */
    static Incident bounded(Incident incident) {
        if (incident.getIncidentId().length() > ID) {
            throw new IllegalArgumentException("incidentId: must have at most " + ID + " characters, got "
                    + incident.getIncidentId().length());
        }
        bound(incident);
        return incident;
    }

    private static void bound(IndexedRecord record) {
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value != null) {
                record.put(field.pos(), bounded(field.name(), value));
            }
        }
    }

    private static Object bounded(String name, Object value) {
        if (value instanceof String text) {
            return Cut.marked(text, LONG_TEXTS.getOrDefault(name, TEXT));
        }
        if (value instanceof IndexedRecord record) {
            bound(record);
        } else if (value instanceof List<?> list) {
            return kept(name, list);
        } else if (value instanceof Map<?, ?> map) {
            var kept = new TreeMap<String, @Nullable Object>();
            map.entrySet().stream()
                    .limit(ELEMENTS)
                    .forEach(each -> kept.put(
                            Cut.marked(String.valueOf(each.getKey()), TEXT),
                            each.getValue() == null ? null : bounded(name, each.getValue())));
            return kept;
        }
        return value;
    }

    private static List<Object> kept(String name, List<?> list) {
        int size = list.size();
        List<?> part = size <= ELEMENTS
                ? list
                : name.equals(FACTS) ? list.subList(size - ELEMENTS, size) : list.subList(0, ELEMENTS);
        var kept = new ArrayList<Object>();
        for (Object element : part) {
            kept.add(bounded(name, element));
        }
        return kept;
    }
}
