package dev.tripline.local.schema;

import dev.tripline.local.schema.RegistryChange.Deleted;
import dev.tripline.local.schema.RegistryChange.LevelSet;
import dev.tripline.local.schema.RegistryChange.Registered;
import dev.tripline.local.schema.SchemaRefusedException.Reason;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Subjects with their versions, ids and compatibility levels. An id never means another schema, and a schema keeps its id.
 * May be shared between threads.
 */
public final class SchemaStore {
    /** Level of subjects without their own, unless it is set; Confluent's default. */
    public static final CompatibilityLevel DEFAULT_LEVEL = CompatibilityLevel.BACKWARD;

    /** Characters of all schemas and names in all changes that were ever made here: local mode needs some hundred thousand. */
    static final long MOST_TEXT = 16L * 1024 * 1024;

    /** Changes of all kinds that were ever made here. */
    static final int MOST_CHANGES = 50_000;

    private final Consumer<RegistryChange> journal;
    private final TreeMap<String, TreeMap<Integer, SchemaVersion>> subjects = new TreeMap<>();
    private final Map<Integer, String> schemasById = new TreeMap<>();
    private final Map<String, Integer> idsBySchema = new HashMap<>();
    private final Map<String, CompatibilityLevel> levels = new HashMap<>();
    private CompatibilityLevel globalLevel = DEFAULT_LEVEL;
    private int lastId;
    private long text;
    private int changes;

    /**
     * @param history all changes so far, oldest first
     * @param journal takes each change before it holds; what it throws undoes the request
     * @throws IllegalArgumentException if the history contradicts itself
     */
    public SchemaStore(Iterable<RegistryChange> history, Consumer<RegistryChange> journal) {
        this.journal = journal;
        history.forEach(this::apply);
    }

    /**
     * Registers a schema; one that the subject has already keeps its version.
     *
     * @param normalize whether spelling, such as the order of attributes, makes no difference
     * @return id of the schema
     * @throws SchemaRefusedException if it is no Avro schema or incompatible with earlier versions
     */
    public synchronized int register(String subject, String schema, boolean normalize) {
        if (subject.isBlank()) {
            throw new SchemaRefusedException(Reason.SUBJECT_NOT_FOUND, "the name of a subject must not be blank");
        }
        AvroSchema fresh = parse(schema, normalize);
        List<SchemaVersion> live = live(subject);
        Optional<SchemaVersion> present = find(live, fresh, normalize);
        if (present.isPresent()) {
            return present.get().id();
        }
        CompatibilityLevel level = effectiveLevel(subject);
        List<String> conflicts = conflicts(level, fresh, level.relevant(live));
        if (!conflicts.isEmpty()) {
            throw new SchemaRefusedException(
                    Reason.INCOMPATIBLE,
                    "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                            + "\", details: " + conflicts + ", compatibility: " + level);
        }
        int id = idsBySchema.getOrDefault(fresh.canonicalString(), lastId + 1);
        commit(new Registered(subject, nextVersion(subject), id, fresh.canonicalString()));
        return id;
    }

    /**
     * Finds the version of a subject that has a schema.
     *
     * @throws SchemaRefusedException if there is none
     */
    public synchronized SchemaVersion lookUp(String subject, String schema, boolean normalize, boolean deleted) {
        AvroSchema wanted = parse(schema, normalize);
        return find(versions(subject, deleted), wanted, normalize)
                .orElseThrow(() -> new SchemaRefusedException(Reason.SCHEMA_NOT_FOUND, "Schema not found"));
    }

    /**
     * Lists what stands against a schema as the next version, measured as {@link #register} does.
     *
     * @return one sentence per conflict; empty if it is compatible
     */
    public synchronized List<String> conflicts(String subject, String schema, boolean normalize) {
        AvroSchema fresh = parse(schema, normalize);
        CompatibilityLevel level = effectiveLevel(subject);
        return conflicts(level, fresh, level.relevant(live(subject)));
    }

    /**
     * Lists what stands against a schema beside one version.
     *
     * @param version null for the newest, against which nothing stands where there is none
     * @throws SchemaRefusedException if there is no such version
     */
    public synchronized List<String> conflicts(
            String subject, String schema, boolean normalize, @Nullable Integer version) {
        AvroSchema fresh = parse(schema, normalize);
        List<SchemaVersion> live = live(subject);
        List<SchemaVersion> earlier = version == null
                ? live.subList(Math.max(0, live.size() - 1), live.size())
                : List.of(version(subject, version, false));
        return conflicts(effectiveLevel(subject), fresh, earlier);
    }

    /** Returns the names of the subjects, sorted. */
    public synchronized List<String> subjects(boolean deleted) {
        return subjects.entrySet().stream()
                .filter(entry -> deleted || entry.getValue().values().stream().anyMatch(version -> !version.deleted()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Returns the versions of a subject, oldest first.
     *
     * @param deleted whether deleted ones count
     * @throws SchemaRefusedException if there are none
     */
    public synchronized List<SchemaVersion> versions(String subject, boolean deleted) {
        List<SchemaVersion> versions = deleted ? all(subject) : live(subject);
        if (versions.isEmpty()) {
            throw SchemaRefusedException.subjectNotFound(subject);
        }
        return versions;
    }

    /**
     * Returns one version of a subject.
     *
     * @throws SchemaRefusedException if there is no such version
     */
    public synchronized SchemaVersion version(String subject, int version, boolean deleted) {
        return versions(subject, deleted).stream()
                .filter(candidate -> candidate.version() == version)
                .findFirst()
                .orElseThrow(() -> SchemaRefusedException.versionNotFound(subject, version));
    }

    /**
     * Returns the schema with an id.
     *
     * @throws SchemaRefusedException if no subject has it
     */
    public synchronized String schema(int id) {
        versionsWith(id, true);
        return schemasById.getOrDefault(id, "");
    }

    /**
     * Returns the versions that have a schema, by subject and version.
     *
     * @throws SchemaRefusedException if no subject has it, not even deleted
     */
    public synchronized List<SchemaVersion> versionsWith(int id, boolean deleted) {
        List<SchemaVersion> versions = subjects.values().stream()
                .flatMap(subject -> subject.values().stream())
                .filter(version -> version.id() == id)
                .toList();
        if (versions.isEmpty()) {
            throw new SchemaRefusedException(Reason.SCHEMA_NOT_FOUND, "Schema " + id + " not found");
        }
        return deleted ? versions : versions.stream().filter(v -> !v.deleted()).toList();
    }

    /**
     * Deletes a subject and forgets its compatibility level.
     *
     * @param permanent for good; it must have been deleted before
     * @return versions that were deleted
     * @throws SchemaRefusedException if there is no such subject or it must not be deleted so
     */
    public synchronized List<Integer> deleteSubject(String subject, boolean permanent) {
        List<SchemaVersion> all = versions(subject, true);
        List<SchemaVersion> live = live(subject);
        if (permanent && !live.isEmpty()) {
            throw new SchemaRefusedException(
                    Reason.SUBJECT_NOT_DELETED,
                    "Subject '" + subject + "' was not deleted first before being permanently deleted");
        }
        if (!permanent && live.isEmpty()) {
            throw new SchemaRefusedException(
                    Reason.SUBJECT_DELETED,
                    "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently");
        }
        List<Integer> versions =
                (permanent ? all : live).stream().map(SchemaVersion::version).toList();
        commit(new Deleted(subject, versions, permanent));
        if (levels.containsKey(subject)) {
            commit(new LevelSet(subject, null));
        }
        return versions;
    }

    /**
     * Deletes one version.
     *
     * @throws SchemaRefusedException if there is no such version or it must not be deleted so
     */
    public synchronized void deleteVersion(String subject, int version, boolean permanent) {
        boolean deleted = version(subject, version, true).deleted();
        if (permanent && !deleted) {
            throw new SchemaRefusedException(
                    Reason.VERSION_NOT_DELETED,
                    "Subject '" + subject + "' Version " + version
                            + " was not deleted first before being permanently deleted");
        }
        if (!permanent && deleted) {
            throw new SchemaRefusedException(
                    Reason.VERSION_DELETED,
                    "Subject '" + subject + "' Version " + version
                            + " was soft deleted. Set permanent=true to delete permanently");
        }
        commit(new Deleted(subject, List.of(version), permanent));
    }

    /** Returns the level of subjects without their own. */
    public synchronized CompatibilityLevel globalLevel() {
        return globalLevel;
    }

    /** Returns the subject's own level; empty if it has none. */
    public synchronized Optional<CompatibilityLevel> level(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    /**
     * Sets or forgets a level.
     *
     * @param subject null for subjects without their own
     * @param level null to forget it
     */
    public synchronized void setLevel(@Nullable String subject, @Nullable CompatibilityLevel level) {
        commit(new LevelSet(subject, level));
    }

    private CompatibilityLevel effectiveLevel(String subject) {
        return level(subject).orElse(globalLevel);
    }

    private List<SchemaVersion> all(String subject) {
        return List.copyOf(subjects.getOrDefault(subject, new TreeMap<>()).values());
    }

    private List<SchemaVersion> live(String subject) {
        return all(subject).stream().filter(version -> !version.deleted()).toList();
    }

    private int nextVersion(String subject) {
        var versions = subjects.get(subject);
        return versions == null || versions.isEmpty() ? 1 : versions.lastKey() + 1;
    }

    private static List<String> conflicts(CompatibilityLevel level, AvroSchema fresh, List<SchemaVersion> earlier) {
        var conflicts = new ArrayList<String>();
        for (SchemaVersion version : earlier) {
            Schema schema = parse(version.schema(), false).rawSchema();
            level.conflicts(fresh.rawSchema(), schema)
                    .forEach(conflict -> conflicts.add("version " + version.version() + ": " + conflict));
        }
        return List.copyOf(conflicts);
    }

    private static Optional<SchemaVersion> find(List<SchemaVersion> versions, AvroSchema wanted, boolean normalize) {
        String text = wanted.canonicalString();
        return versions.stream()
                .filter(version ->
                        text.equals(normalize ? parse(version.schema(), true).canonicalString() : version.schema()))
                .findFirst();
    }

    private static AvroSchema parse(String schema, boolean normalize) {
        if (schema.isBlank()) {
            throw new SchemaRefusedException(Reason.INVALID_SCHEMA, "Empty schema");
        }
        SchemaBounds.checkText(schema);
        try {
            Schema parsed = new Schema.Parser().parse(schema);
            SchemaBounds.check(parsed);
            var avro = new AvroSchema(parsed);
            return normalize ? avro.normalize() : avro;
        } catch (StackOverflowError e) {
            throw new SchemaRefusedException(Reason.INVALID_SCHEMA, "Invalid schema: it is nested too deep");
        } catch (SchemaRefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SchemaRefusedException(Reason.INVALID_SCHEMA, "Invalid schema: " + e.getMessage());
        }
    }

    private static SchemaRefusedException full(String rule) {
        return new SchemaRefusedException(
                Reason.NOT_PERMITTED, rule + "; begin with a new folder, or run a Schema Registry of your own");
    }

    private void commit(RegistryChange change) {
        if (changes >= MOST_CHANGES) {
            throw full("this registry takes at most " + MOST_CHANGES + " changes");
        }
        if (text + length(change) > MOST_TEXT) {
            throw full("schemas and names of this registry must together have at most " + MOST_TEXT + " characters");
        }
        journal.accept(change);
        apply(change);
    }

    private void apply(RegistryChange change) {
        changes++;
        text += length(change);
        if (change instanceof Registered registered) {
            apply(registered);
        } else if (change instanceof Deleted deleted) {
            apply(deleted);
        } else if (change instanceof LevelSet set) {
            apply(set);
        }
    }

    private static long length(RegistryChange change) {
        if (change instanceof Registered registered) {
            return (long) registered.subject().length() + registered.schema().length();
        }
        return change instanceof LevelSet set && set.subject() != null
                ? set.subject().length()
                : 0;
    }

    private void apply(Registered change) {
        String known = schemasById.putIfAbsent(change.id(), change.schema());
        if (change.id() < 1 || (known != null && !known.equals(change.schema()))) {
            throw new IllegalArgumentException("id " + change.id() + " must be new or have the same schema");
        }
        if (change.version() < nextVersion(change.subject())) {
            throw new IllegalArgumentException("version of subject '" + change.subject() + "' must be at least "
                    + nextVersion(change.subject()) + ", got " + change.version());
        }
        idsBySchema.put(change.schema(), change.id());
        lastId = Math.max(lastId, change.id());
        subjects.computeIfAbsent(change.subject(), subject -> new TreeMap<>())
                .put(
                        change.version(),
                        new SchemaVersion(change.subject(), change.version(), change.id(), change.schema(), false));
    }

    private void apply(Deleted change) {
        var versions = subjects.getOrDefault(change.subject(), new TreeMap<>());
        for (int version : change.versions()) {
            if (!versions.containsKey(version)) {
                throw new IllegalArgumentException(
                        "subject '" + change.subject() + "' has no version " + version + " to delete");
            }
            if (change.permanent()) {
                versions.remove(version);
            } else {
                versions.computeIfPresent(version, (number, present) -> present.asDeleted());
            }
        }
        if (versions.isEmpty()) {
            subjects.remove(change.subject());
        }
    }

    private void apply(LevelSet change) {
        CompatibilityLevel level = change.level();
        if (change.subject() == null) {
            globalLevel = level == null ? DEFAULT_LEVEL : level;
        } else if (level == null) {
            levels.remove(change.subject());
        } else {
            levels.put(change.subject(), level);
        }
    }
}
