package dev.tripline.local.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random requests to the store and to a slow, plain account of the same rules; and to a store made from the journal. */
class SchemaStoreOracleTest {
    private static final int REQUESTS = 400;
    private static final List<CompatibilityLevel> LEVELS = List.of(CompatibilityLevel.values());
    private static final List<String> SUBJECTS = List.of("a", "b", "c");

    /** Records with every choice of three fields, each absent, required or optional. */
    private static final List<String> SCHEMAS = IntStream.range(0, 27)
            .mapToObj(choice -> "{\"type\":\"record\",\"name\":\"R\",\"fields\":["
                    + String.join(
                            ",",
                            Stream.of(field("x", choice % 3), field("y", choice / 3 % 3), field("z", choice / 9))
                                    .filter(field -> !field.isEmpty())
                                    .toList())
                    + "]}")
            .toList();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void doesAsThePlainAccount(long seed) {
        // Given
        var random = new SplittableRandom(seed);
        var journal = new ArrayList<RegistryChange>();
        var store = new SchemaStore(List.of(), journal::add);
        var oracle = new Oracle();

        for (int step = 0; step < REQUESTS; step++) {
            // When
            String subject = SUBJECTS.get(random.nextInt(SUBJECTS.size()));
            String schema = SCHEMAS.get(random.nextInt(SCHEMAS.size()));
            int version = random.nextInt(1, 6);
            boolean permanent = random.nextInt(3) == 0;
            var level = LEVELS.get(random.nextInt(LEVELS.size()));
            int action = random.nextInt(10);
            String context = "seed " + seed + ", step " + step + ", action " + action;

            // Then
            if (action < 6) {
                assertThat(result(() -> store.register(subject, schema, false)))
                        .as(context)
                        .isEqualTo(oracle.register(subject, schema));
            } else if (action == 6) {
                assertThat(result(() -> store.deleteSubject(subject, permanent)))
                        .as(context)
                        .isEqualTo(oracle.deleteSubject(subject, permanent));
            } else if (action < 9) {
                assertThat(result(() -> {
                            store.deleteVersion(subject, version, permanent);
                            return version;
                        }))
                        .as(context)
                        .isEqualTo(oracle.deleteVersion(subject, version, permanent));
            } else {
                store.setLevel(subject, level);
                oracle.levels.put(subject, level);
            }
            assertThat(state(store)).as(context).isEqualTo(oracle.state());
        }
        assertThat(state(new SchemaStore(journal, change -> {})))
                .as("seed %d, replayed", seed)
                .isEqualTo(oracle.state());
    }

    private static String field(String name, int choice) {
        return switch (choice) {
            case 0 -> "";
            case 1 -> "{\"name\":\"" + name + "\",\"type\":\"int\"}";
            default -> "{\"name\":\"" + name + "\",\"type\":\"int\",\"default\":0}";
        };
    }

    private static String result(Supplier<Object> request) {
        try {
            return request.get().toString();
        } catch (SchemaRefusedException e) {
            return "refused";
        }
    }

    private static List<SchemaVersion> state(SchemaStore store) {
        return store.subjects(true).stream()
                .flatMap(subject -> store.versions(subject, true).stream())
                .toList();
    }

    /** All versions in one list; every question is answered by going through it. */
    private static final class Oracle {
        private final List<SchemaVersion> versions = new ArrayList<>();
        private final List<String> everRegistered = new ArrayList<>();
        private final Map<String, CompatibilityLevel> levels = new HashMap<>();

        String register(String subject, String schema) {
            List<SchemaVersion> live =
                    of(subject).stream().filter(version -> !version.deleted()).toList();
            for (SchemaVersion version : live) {
                if (version.schema().equals(schema)) {
                    return Integer.toString(version.id());
                }
            }
            String level = Objects.requireNonNull(levels.getOrDefault(subject, CompatibilityLevel.BACKWARD))
                    .name();
            for (int i = 0; i < live.size(); i++) {
                boolean counts = level.endsWith("TRANSITIVE") || i == live.size() - 1;
                boolean backward = level.startsWith("BACKWARD") || level.startsWith("FULL");
                boolean forward = level.startsWith("FORWARD") || level.startsWith("FULL");
                String other = live.get(i).schema();
                if (counts && ((backward && !reads(schema, other)) || (forward && !reads(other, schema)))) {
                    return "refused";
                }
            }
            if (!everRegistered.contains(schema)) {
                everRegistered.add(schema);
            }
            int id = everRegistered.indexOf(schema) + 1;
            int next =
                    of(subject).stream().mapToInt(SchemaVersion::version).max().orElse(0) + 1;
            versions.add(new SchemaVersion(subject, next, id, schema, false));
            return Integer.toString(id);
        }

        String deleteSubject(String subject, boolean permanent) {
            List<SchemaVersion> all = of(subject);
            List<SchemaVersion> live =
                    all.stream().filter(version -> !version.deleted()).toList();
            if (all.isEmpty() || permanent != live.isEmpty()) {
                return "refused";
            }
            levels.remove(subject);
            List<SchemaVersion> gone = permanent ? all : live;
            gone.forEach(version -> delete(version, permanent));
            return gone.stream().map(SchemaVersion::version).toList().toString();
        }

        String deleteVersion(String subject, int number, boolean permanent) {
            for (SchemaVersion version : of(subject)) {
                if (version.version() == number && version.deleted() == permanent) {
                    delete(version, permanent);
                    return Integer.toString(number);
                }
            }
            return "refused";
        }

        private void delete(SchemaVersion version, boolean permanent) {
            versions.remove(version);
            if (!permanent) {
                versions.add(
                        new SchemaVersion(version.subject(), version.version(), version.id(), version.schema(), true));
            }
        }

        List<SchemaVersion> of(String subject) {
            return state().stream()
                    .filter(version -> version.subject().equals(subject))
                    .toList();
        }

        List<SchemaVersion> state() {
            return versions.stream()
                    .sorted(Comparator.comparing(SchemaVersion::subject).thenComparing(SchemaVersion::version))
                    .toList();
        }

        private static boolean reads(String reader, String writer) {
            return SchemaCompatibility.checkReaderWriterCompatibility(
                                    new Schema.Parser().parse(reader), new Schema.Parser().parse(writer))
                            .getType()
                    == SchemaCompatibilityType.COMPATIBLE;
        }
    }
}
