package dev.tripline.events;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Rules for schemas that others registered, checked before anything is read with them. Avro writes a named type out wherever
 * it stands, so a schema of some kilobytes can need more memory than there is; and where an element has no bytes, some
 * bytes of a record stand for any number of elements. What passes here is read in time and memory proportional to the
 * bytes of a record.
 */
final class WriterSchema {
    /** Types, branches and symbols, each counted wherever it stands; the largest of the catalogue has about 240. */
    static final int MAX_NODES = 10_000;

    /** Levels of types inside types; the deepest of the catalogue has 8. */
    static final int MAX_DEPTH = 64;

    /** Characters of one name, with its namespace. */
    static final int MAX_NAME = 1_000;

    /** Characters of a whole schema as text, its documentation included; the longest of the catalogue has about 25,000. */
    static final int MAX_TEXT = 512 * 1024;

    private static final int MAX_QUOTED = 80;

    /** What is known of each type object: linear however often a type is used. */
    private final IdentityHashMap<Schema, Shape> shapes = new IdentityHashMap<>();

    private final Set<Schema> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private WriterSchema() {}

    /** Returns the first rule that a schema breaks, and what it has instead; empty if records may be read with it. */
    static Optional<String> fault(Schema schema) {
        try {
            new WriterSchema().withBytes(schema, 1, "the record");
            return Optional.empty();
        } catch (BrokenRule e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Returns the rule that a schema's text breaks; empty if it may be parsed. */
    static Optional<String> fault(String text) {
        return text.length() <= MAX_TEXT
                ? Optional.empty()
                : Optional.of("must have at most " + MAX_TEXT + " characters, got " + text.length());
    }

    private Shape shape(Schema schema, int depth) {
        Shape known = shapes.get(schema);
        if (known == null) {
            checkDepth(depth);
            if (!open.add(schema)) {
                throw new BrokenRule("no type may be inside itself, got " + quoted(schema.getFullName()));
            }
            known = measured(schema, depth);
            open.remove(schema);
            shapes.put(schema, known);
        }
        checkDepth(depth + known.height() - 1);
        return known;
    }

    private Shape measured(Schema schema, int depth) {
        return switch (schema.getType()) {
            case RECORD -> {
                checkName(schema.getFullName());
                var sum = new Sum(1);
                for (Schema.Field field : schema.getFields()) {
                    checkName(field.name());
                    sum.add(withBytes(field.schema(), depth + 1, "field " + quoted(field.name())));
                }
                yield sum.shape(!schema.getFields().isEmpty());
            }
            case UNION -> {
                var sum = new Sum(1);
                // A branch without bytes is fine: its number is one.
                schema.getTypes().forEach(branch -> sum.add(shape(branch, depth + 1)));
                yield sum.shape(true);
            }
            case ARRAY -> {
                var sum = new Sum(1);
                sum.add(withBytes(schema.getElementType(), depth + 1, "element of an array"));
                yield sum.shape(true);
            }
            case MAP -> {
                var sum = new Sum(1);
                sum.add(withBytes(schema.getValueType(), depth + 1, "value of a map"));
                yield sum.shape(true);
            }
            case ENUM -> {
                checkName(schema.getFullName());
                List<String> symbols = schema.getEnumSymbols();
                symbols.forEach(WriterSchema::checkName);
                yield new Sum(1L + symbols.size()).shape(true);
            }
            case FIXED -> {
                checkName(schema.getFullName());
                yield new Shape(1, 1, schema.getFixedSize() > 0);
            }
            case NULL -> new Shape(1, 1, false);
            case STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN -> new Shape(1, 1, true);
        };
    }

    private Shape withBytes(Schema schema, int depth, String place) {
        Shape shape = shape(schema, depth);
        if (!shape.hasBytes()) {
            throw new BrokenRule(place + " must take at least one byte, got "
                    + schema.getType().getName() + " without bytes");
        }
        return shape;
    }

    private static void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new BrokenRule("types must be nested at most " + MAX_DEPTH + " deep, got " + depth);
        }
    }

    private static void checkName(String name) {
        if (name.length() > MAX_NAME) {
            throw new BrokenRule(
                    "names must have at most " + MAX_NAME + " characters, got " + name.length() + ": " + quoted(name));
        }
    }

    private static String quoted(String name) {
        return "'" + (name.length() <= MAX_QUOTED ? name : name.substring(0, MAX_QUOTED) + "…") + "'";
    }

    /**
     * One type with all inside it.
     *
     * @param nodes number of types, branches and symbols as Avro writes them out, from 1
     * @param height levels, from 1
     * @param hasBytes whether each value has at least one byte
     */
    private record Shape(int nodes, int height, boolean hasBytes) {}

    /** Adds the parts of a type; ends as soon as there are too many. */
    private static final class Sum {
        private long nodes;
        private int height;

        Sum(long nodes) {
            this.nodes = nodes;
            check();
        }

        void add(Shape part) {
            nodes += part.nodes();
            height = Math.max(height, part.height());
            check();
        }

        Shape shape(boolean hasBytes) {
            return new Shape((int) nodes, height + 1, hasBytes);
        }

        private void check() {
            if (nodes > MAX_NODES) {
                throw new BrokenRule("must have at most " + MAX_NODES
                        + " types and symbols, each counted wherever it stands, got " + nodes + " or more");
            }
        }
    }

    /** Ends the walk; never leaves this class. */
    private static final class BrokenRule extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokenRule(String message) {
            super(message, null, false, false);
        }
    }
}
