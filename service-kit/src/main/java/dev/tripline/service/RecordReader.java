package dev.tripline.service;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills records, lists and maps from YAML.
 *
 * <p>What is missing or cannot be read is a problem, and is filled in, so that what stands beside it is checked too.
 *
 * @param problems takes what is wrong
 * @param placeholders fills in
 */
record RecordReader(ScalarReader scalars, List<String> problems, Placeholders placeholders) {
    private static final String KIND = "kind";

    /**
     * Returns the value; null if there is none. With problems it is of use only for finding more.
     *
     * @throws IllegalStateException if the type is none a configuration can have: a fault of the program
     */
    @Nullable
    Object read(Yaml yaml, Type type, String path) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return items(yaml, generic.getActualTypeArguments()[0], path);
        }
        if (type instanceof ParameterizedType generic
                && generic.getRawType() == Map.class
                && generic.getActualTypeArguments()[0] == String.class) {
            return map(yaml, generic.getActualTypeArguments()[1], path);
        }
        if (!(type instanceof Class<?> plain)) {
            throw unsupported(type, path);
        }
        if (ScalarReader.reads(plain)) {
            return yaml instanceof Yaml.Text text
                    ? scalars.read(text.text(), plain, path)
                    : problem(path, "must be a single value, got " + yaml.noun());
        }
        if (!plain.isRecord() && !plain.isSealed()) {
            throw unsupported(type, path);
        }
        if (!(yaml instanceof Yaml.Entries mapping)) {
            return problem(path, "must be a mapping, got " + yaml.noun());
        }
        return plain.isRecord() ? record(mapping.entries(), plain, path, false) : kind(mapping.entries(), plain, path);
    }

    private @Nullable Object items(Yaml yaml, Type type, String path) {
        if (!(yaml instanceof Yaml.Items list)) {
            return problem(path, "must be a list, got " + yaml.noun());
        }
        var values = new ArrayList<Object>();
        for (int i = 0; i < list.items().size(); i++) {
            Object value = orFilledIn(read(list.items().get(i), type, path + "[" + i + "]"), type);
            if (value != null) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    private @Nullable Object map(Yaml yaml, Type type, String path) {
        if (!(yaml instanceof Yaml.Entries mapping)) {
            return problem(path, "must be a mapping, got " + yaml.noun());
        }
        var values = new LinkedHashMap<String, Object>();
        mapping.entries().forEach((key, entry) -> {
            Object value = read(entry, type, KeyNames.child(path, key));
            if (value != null) {
                values.put(key, value);
            }
        });
        return Collections.unmodifiableMap(values);
    }

    private @Nullable Object kind(Map<String, Yaml> entries, Class<?> sealed, String path) {
        var kinds = new TreeMap<String, Class<?>>();
        collectKinds(sealed, kinds);
        String known = "one of " + String.join(", ", kinds.keySet());
        String kindPath = KeyNames.child(path, KIND);
        if (!(entries.get(KIND) instanceof Yaml.Text text)) {
            return problem(kindPath, "is required, " + known);
        }
        Class<?> type = kinds.get(text.text());
        return type == null
                ? problem(kindPath, "must be " + known + ", got '" + text.text() + "'")
                : record(entries, type, path, true);
    }

    private static void collectKinds(Class<?> sealed, Map<String, Class<?>> kinds) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            Kind kind = permitted.getAnnotation(Kind.class);
            if (permitted.isSealed()) {
                collectKinds(permitted, kinds);
            } else if (kind == null || !permitted.isRecord() || kinds.put(kind.value(), permitted) != null) {
                throw new IllegalStateException(
                        permitted.getName() + " must be a record with a @Kind of its own to be read by its kind");
            }
        }
    }

    private @Nullable Object record(Map<String, Yaml> entries, Class<?> type, String path, boolean hasKind) {
        RecordComponent[] components = type.getRecordComponents();
        var keys = new ArrayList<String>();
        if (hasKind) {
            keys.add(KIND);
        }
        for (RecordComponent component : components) {
            keys.add(KeyNames.ofComponent(component.getName()));
        }
        boolean filledIn = false;
        for (String key : entries.keySet()) {
            if (!keys.contains(key)) {
                problem(KeyNames.child(path, key), "is not a known key" + KeyNames.advice(key, keys));
            }
        }
        var values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String key = KeyNames.ofComponent(components[i].getName());
            int before = problems.size();
            values[i] =
                    component(entries.getOrDefault(key, new Yaml.Nothing()), components[i], KeyNames.child(path, key));
            if (values[i] == null && problems.size() > before) {
                values[i] = orFilledIn(null, components[i].getGenericType());
                filledIn = true;
            }
        }
        return make(type, values, path, filledIn);
    }

    /** In a record that is filled in, nothing is a problem of its own. */
    private @Nullable Object orFilledIn(@Nullable Object value, Type type) {
        if (value != null) {
            return value;
        }
        if (type instanceof Class<?> plain && plain.isRecord()) {
            var silent = new ArrayList<String>();
            return new RecordReader(scalars.reportingTo(silent), silent, placeholders)
                    .record(Map.of(), plain, "", false);
        }
        return placeholders.of(type);
    }

    private @Nullable Object component(Yaml yaml, RecordComponent component, String path) {
        if (!(yaml instanceof Yaml.Nothing)) {
            return read(yaml, component.getGenericType(), path);
        }
        Default value = component.getAnnotation(Default.class);
        if (value != null) {
            return defaultOf(value.value(), component, path);
        }
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class) ? null : problem(path, "is required");
    }

    private @Nullable Object defaultOf(String text, RecordComponent component, String path) {
        if (ScalarReader.reads(component.getType())) {
            return scalars.read(text, component.getType(), path);
        }
        Yaml yaml = Yaml.parse(text, problems);
        return yaml == null ? null : read(yaml, component.getGenericType(), path);
    }

    private @Nullable Object make(Class<?> type, @Nullable Object[] values, String path, boolean filledIn) {
        try {
            var parameters = new ArrayList<Class<?>>();
            for (RecordComponent component : type.getRecordComponents()) {
                parameters.add(component.getType());
            }
            var constructor = type.getDeclaredConstructor(parameters.toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            Object made = constructor.newInstance(values);
            check(made, path);
            return made;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                return problem(path, String.valueOf(refusal.getMessage()));
            }
            if (filledIn || !problems.isEmpty()) {
                return null; // what was filled in, here or further inside, need not be fit for use
            }
            throw new IllegalStateException(type.getName() + " must refuse values with problems(), not like this", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        }
    }

    private void check(Object made, String path) throws ReflectiveOperationException {
        for (Method method : made.getClass().getDeclaredMethods()) {
            if (method.getName().equals("problems")
                    && List.of(method.getParameterTypes()).equals(List.of(String.class))
                    && method.getReturnType() == List.class) {
                method.setAccessible(true);
                for (Object line : (List<?>) method.invoke(made, path)) {
                    // At the root the path is empty, and "path + .key" begins with a dot.
                    problems.add(String.valueOf(line).replaceFirst("^[.:]\\s*", ""));
                }
            }
        }
    }

    private @Nullable Object problem(String path, String rule) {
        problems.add(KeyNames.line(path, rule));
        return null;
    }

    private static IllegalStateException unsupported(Type type, String path) {
        return new IllegalStateException(path + ": configuration cannot hold a " + type.getTypeName());
    }
}
