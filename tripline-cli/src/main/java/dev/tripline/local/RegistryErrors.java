package dev.tripline.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tripline.local.schema.SchemaRefusedException;
import dev.tripline.local.schema.SchemaRefusedException.Reason;
import dev.tripline.service.http.LocalCallers;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what goes wrong into the statuses and codes of Confluent's protocol. */
final class RegistryErrors {
    static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private static final Logger LOG = LoggerFactory.getLogger(RegistryErrors.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalCallers callers;

    /** @param names of this registry, by which programs on other machines call it; empty for none */
    RegistryErrors(Set<String> names) {
        this.callers = new LocalCallers("local registry", names);
    }

    void addTo(RoutesConfig routes) {
        routes.before(LocalCallers::protect);
        routes.before(callers::require);
        routes.exception(
                SchemaRefusedException.class,
                (e, context) -> answer(context, code(e.reason()), String.valueOf(e.getMessage())));
        routes.exception(
                JsonProcessingException.class,
                (e, context) -> answer(context, 400, "Body is not JSON: " + e.getOriginalMessage()));
        routes.exception(
                HttpResponseException.class,
                (e, context) -> answer(context, e.getStatus(), "HTTP " + e.getStatus() + " " + e.getMessage()));
        routes.exception(UncheckedIOException.class, (e, context) -> {
            LOG.error("The registry's file cannot be written", e);
            answer(context, 50_001, "Error in the backend data store: " + e.getMessage());
        });
        routes.exception(Exception.class, (e, context) -> {
            LOG.error("Request {} {} failed", context.method(), context.path(), e);
            answer(context, 500, "Internal server error");
        });
    }

    private static int code(Reason reason) {
        return switch (reason) {
            case SUBJECT_NOT_FOUND -> 40_401;
            case VERSION_NOT_FOUND -> 40_402;
            case SCHEMA_NOT_FOUND -> 40_403;
            case SUBJECT_DELETED -> 40_404;
            case SUBJECT_NOT_DELETED -> 40_405;
            case VERSION_DELETED -> 40_406;
            case VERSION_NOT_DELETED -> 40_407;
            case LEVEL_NOT_SET -> 40_408;
            case MODE_NOT_SET -> 40_409;
            case INVALID_SCHEMA -> 42_201;
            case INVALID_VERSION -> 42_202;
            case INVALID_LEVEL -> 42_203;
            case NOT_PERMITTED -> 42_205;
            case INCOMPATIBLE -> 409;
        };
    }

    /** The status is the code, or its first three digits. */
    private static void answer(Context context, int code, String message) {
        context.status(code < 1_000 ? code : code / 100)
                .contentType(CONTENT_TYPE)
                .result(JSON.createObjectNode()
                        .put("error_code", code)
                        .put("message", message)
                        .toString());
    }
}
