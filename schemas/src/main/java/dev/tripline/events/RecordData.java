package dev.tripline.events;

import java.util.ArrayList;
import java.util.Collection;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/**
 * How Avro makes this package's records: with {@link java.time.Instant} for time stamps at any depth, and plain lists.
 * Avro's own lists cannot be compared if a record in them has a time stamp that may be null: their {@code equals} knows no
 * logical types and throws.
 */
final class RecordData extends SpecificData {
    static final RecordData INSTANCE = new RecordData();

    static {
        AvroLimits.set();
        TrustedRecords.trust();
    }

    private RecordData() {
        addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    }

    @Override
    public Object newArray(@Nullable Object old, int size, Schema schema) {
        if (old instanceof Collection<?> list) {
            list.clear();
            return list;
        }
        return new ArrayList<>(size);
    }
}
