package dev.tripline.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tripline.local.schema.CompatibilityLevel;
import dev.tripline.local.schema.SchemaRefusedException;
import dev.tripline.local.schema.SchemaRefusedException.Reason;
import dev.tripline.local.schema.SchemaStore;
import dev.tripline.local.schema.SchemaVersion;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * REST calls of Confluent's Schema Registry, answered from a {@link SchemaStore}.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">Confluent: Schema Registry API
 *     reference</a>
 */
final class RegistryRoutes {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AVRO = "AVRO";
    private static final String LATEST = "latest";
    private static final String READ_WRITE = "READWRITE";

    /** Characters of schemas in one answer; Tripline's own have about 100,000 together. */
    private static final long MOST_LISTED = 1024 * 1024;

    private final SchemaStore store;

    private final RegistryErrors errors;

    /** @param names by which programs on other machines call the registry; empty for none */
    RegistryRoutes(SchemaStore store, Set<String> names) {
        this.store = store;
        this.errors = new RegistryErrors(names);
    }

    void addTo(RoutesConfig routes) {
        errors.addTo(routes);
        routes.get("/", context -> context.html(RegistryPage.of(store)));
        addSchemas(routes);
        addSubjects(routes);
        addCompatibility(routes);
        addConfig(routes);
        addMode(routes);
        routes.get("/contexts", context -> answer(context, List.of(".")));
        routes.get("/v1/metadata/id", context -> answer(context, Map.of("id", "tripline-local", "scope", Map.of())));
    }

    private void addSchemas(RoutesConfig routes) {
        routes.get("/schemas/types", context -> answer(context, List.of(AVRO)));
        routes.get(
                "/schemas/ids/{id}", context -> answer(context, Map.of("schema", store.schema(number(context, "id")))));
        routes.get("/schemas/ids/{id}/schema", context -> answerText(context, store.schema(number(context, "id"))));
        routes.get(
                "/schemas/ids/{id}/subjects",
                context -> answer(
                        context,
                        carriers(context).stream()
                                .map(SchemaVersion::subject)
                                .distinct()
                                .toList()));
        routes.get(
                "/schemas/ids/{id}/versions",
                context -> answer(
                        context,
                        carriers(context).stream()
                                .map(found -> Map.of("subject", found.subject(), "version", found.version()))
                                .toList()));
        routes.get("/schemas", this::listSchemas);
    }

    private void addSubjects(RoutesConfig routes) {
        routes.get(
                "/subjects",
                context -> answer(
                        context,
                        store.subjects(flag(context, "deleted")).stream()
                                .filter(subject -> subject.startsWith(prefix(context)))
                                .toList()));
        routes.post("/subjects/{subject}", this::lookUp);
        routes.delete(
                "/subjects/{subject}",
                context -> answer(context, store.deleteSubject(subject(context), flag(context, "permanent"))));
        routes.get(
                "/subjects/{subject}/versions",
                context -> answer(
                        context,
                        versions(context).stream().map(SchemaVersion::version).toList()));
        routes.post("/subjects/{subject}/versions", this::register);
        routes.get("/subjects/{subject}/versions/{version}", context -> answer(context, body(version(context))));
        routes.get(
                "/subjects/{subject}/versions/{version}/schema",
                context -> answerText(context, version(context).schema()));
        routes.get("/subjects/{subject}/versions/{version}/referencedby", context -> {
            version(context);
            answer(context, List.of());
        });
        routes.delete("/subjects/{subject}/versions/{version}", this::deleteVersion);
    }

    private void addCompatibility(RoutesConfig routes) {
        routes.post("/compatibility/subjects/{subject}/versions", context -> {
            String schema = schemaOf(context);
            answerConflicts(context, store.conflicts(subject(context), schema, flag(context, "normalize")));
        });
        routes.post("/compatibility/subjects/{subject}/versions/{version}", context -> {
            String schema = schemaOf(context);
            answerConflicts(
                    context,
                    store.conflicts(subject(context), schema, flag(context, "normalize"), versionNumber(context)));
        });
    }

    private void addConfig(RoutesConfig routes) {
        routes.get("/config", context -> answerLevel(context, store.globalLevel()));
        routes.put("/config", context -> setLevel(context, null));
        routes.delete("/config", context -> {
            CompatibilityLevel former = store.globalLevel();
            store.setLevel(null, null);
            answerLevel(context, former);
        });
        routes.get(
                "/config/{subject}",
                context -> answerLevel(context, store.level(subject(context)).orElseGet(() -> inherited(context))));
        routes.put("/config/{subject}", context -> setLevel(context, subject(context)));
        routes.delete("/config/{subject}", context -> {
            String subject = subject(context);
            CompatibilityLevel former = store.level(subject)
                    .orElseThrow(() -> new SchemaRefusedException(
                            Reason.SUBJECT_NOT_FOUND, "Subject '" + subject + "' not found."));
            store.setLevel(subject, null);
            answerLevel(context, former);
        });
    }

    private void addMode(RoutesConfig routes) {
        routes.get("/mode", context -> answer(context, Map.of("mode", READ_WRITE)));
        routes.get("/mode/{subject}", context -> {
            if (!flag(context, "defaultToGlobal")) {
                throw new SchemaRefusedException(
                        Reason.MODE_NOT_SET,
                        "Subject '" + subject(context) + "' does not have subject-level mode configured");
            }
            answer(context, Map.of("mode", READ_WRITE));
        });
        routes.put("/mode", RegistryRoutes::keepMode);
        routes.put("/mode/{subject}", RegistryRoutes::keepMode);
    }

    private static void keepMode(Context context) throws JsonProcessingException {
        String mode = JSON.readTree(context.body()).path("mode").asText();
        if (!mode.equals(READ_WRITE)) {
            throw new SchemaRefusedException(
                    Reason.NOT_PERMITTED, "The local registry has mode " + READ_WRITE + " only, got '" + mode + "'");
        }
        answer(context, Map.of("mode", READ_WRITE));
    }

    private void listSchemas(Context context) {
        boolean deleted = flag(context, "deleted");
        boolean latestOnly = flag(context, "latestOnly");
        List<SchemaVersion> listed = store.subjects(deleted).stream()
                .filter(subject -> subject.startsWith(prefix(context)))
                .map(subject -> store.versions(subject, deleted))
                .flatMap(versions -> versions.subList(latestOnly ? versions.size() - 1 : 0, versions.size()).stream())
                .toList();
        // Many may ask at once, and each answer is made in memory.
        if (listed.stream().mapToLong(version -> version.schema().length()).sum() > MOST_LISTED) {
            throw new SchemaRefusedException(
                    Reason.NOT_PERMITTED,
                    "schemas must together have at most " + MOST_LISTED + " characters to be listed; narrow it with"
                            + " subjectPrefix or latestOnly");
        }
        answer(context, listed.stream().map(RegistryRoutes::body).toList());
    }

    private void register(Context context) throws JsonProcessingException {
        int id = store.register(subject(context), schemaOf(context), flag(context, "normalize"));
        answer(context, Map.of("id", id));
    }

    private void lookUp(Context context) throws JsonProcessingException {
        // A missing subject is told first, as Confluent's registry does.
        String subject = subject(context);
        store.versions(subject, flag(context, "deleted"));
        answer(
                context,
                body(store.lookUp(subject, schemaOf(context), flag(context, "normalize"), flag(context, "deleted"))));
    }

    private void deleteVersion(Context context) {
        boolean permanent = flag(context, "permanent");
        Integer number = versionNumber(context);
        int version = number != null ? number : newest(context, permanent);
        store.deleteVersion(subject(context), version, permanent);
        answer(context, version);
    }

    private void setLevel(Context context, @Nullable String subject) throws JsonProcessingException {
        String text = JSON.readTree(context.body()).path("compatibility").asText();
        CompatibilityLevel level;
        try {
            level = CompatibilityLevel.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw new SchemaRefusedException(
                    Reason.INVALID_LEVEL,
                    "Invalid compatibility level '" + text + "'. Valid values are "
                            + List.of(CompatibilityLevel.values()));
        }
        store.setLevel(subject, level);
        answer(context, Map.of("compatibility", level.name()));
    }

    private CompatibilityLevel inherited(Context context) {
        if (flag(context, "defaultToGlobal")) {
            return store.globalLevel();
        }
        throw new SchemaRefusedException(
                Reason.LEVEL_NOT_SET,
                "Subject '" + subject(context) + "' does not have subject-level compatibility configured");
    }

    private List<SchemaVersion> carriers(Context context) {
        return store.versionsWith(number(context, "id"), flag(context, "deleted"));
    }

    private List<SchemaVersion> versions(Context context) {
        return store.versions(subject(context), flag(context, "deleted"));
    }

    private SchemaVersion version(Context context) {
        Integer number = versionNumber(context);
        boolean deleted = flag(context, "deleted");
        return store.version(subject(context), number != null ? number : newest(context, deleted), deleted);
    }

    private int newest(Context context, boolean deleted) {
        List<SchemaVersion> versions = store.versions(subject(context), deleted);
        return versions.get(versions.size() - 1).version();
    }

    /** Returns the schema of a request, after refusing what is no plain Avro schema. */
    private static String schemaOf(Context context) throws JsonProcessingException {
        JsonNode request = JSON.readTree(context.body());
        String type = request.path("schemaType").asText(AVRO);
        if (!type.equals(AVRO) && !request.path("schemaType").isNull()) {
            throw new SchemaRefusedException(
                    Reason.INVALID_SCHEMA, "The local registry takes schemas of type " + AVRO + " only, got " + type);
        }
        if (!request.path("references").isEmpty()) {
            throw new SchemaRefusedException(
                    Reason.INVALID_SCHEMA,
                    "The local registry takes no references; send the schema with its types inside");
        }
        if (request.path("id").asInt(-1) >= 0 || request.path("version").asInt(-1) > 0) {
            throw new SchemaRefusedException(
                    Reason.NOT_PERMITTED, "The local registry chooses ids and versions itself; it has no import mode");
        }
        return request.path("schema").asText("");
    }

    private static String subject(Context context) {
        return context.pathParam("subject");
    }

    private static String prefix(Context context) {
        String prefix = context.queryParam("subjectPrefix");
        // Confluent's clients ask for all subjects of all contexts so.
        return prefix == null || prefix.equals(":*:") ? "" : prefix;
    }

    private static boolean flag(Context context, String name) {
        return Boolean.parseBoolean(context.queryParam(name));
    }

    private static int number(Context context, String name) {
        try {
            return Integer.parseInt(context.pathParam(name));
        } catch (NumberFormatException e) {
            throw new SchemaRefusedException(
                    Reason.SCHEMA_NOT_FOUND, "Schema " + context.pathParam(name) + " not found");
        }
    }

    /** Returns the version a path names; null for the newest. */
    private static @Nullable Integer versionNumber(Context context) {
        String text = context.pathParam("version");
        if (text.equals(LATEST) || text.equals("-1")) {
            return null;
        }
        try {
            int version = Integer.parseInt(text);
            if (version > 0) {
                return version;
            }
        } catch (NumberFormatException e) {
            // refused below, as what is no version either
        }
        throw new SchemaRefusedException(
                Reason.INVALID_VERSION,
                "The specified version '" + text + "' is not a valid version id. Allowed values are between "
                        + "[1, 2^31-1] and the string \"latest\"");
    }

    private static Map<String, Object> body(SchemaVersion version) {
        var body = new LinkedHashMap<String, Object>();
        body.put("subject", version.subject());
        body.put("version", version.version());
        body.put("id", version.id());
        body.put("schema", version.schema());
        return body;
    }

    private static void answerConflicts(Context context, List<String> conflicts) {
        var body = new LinkedHashMap<String, Object>();
        body.put("is_compatible", conflicts.isEmpty());
        if (flag(context, "verbose")) {
            body.put("messages", conflicts);
        }
        answer(context, body);
    }

    private static void answerLevel(Context context, CompatibilityLevel level) {
        answer(context, Map.of("compatibilityLevel", level.name()));
    }

    private static void answerText(Context context, String text) {
        context.contentType(RegistryErrors.CONTENT_TYPE).result(text);
    }

    private static void answer(Context context, Object body) {
        answerText(context, JSON.valueToTree(body).toString());
    }
}
