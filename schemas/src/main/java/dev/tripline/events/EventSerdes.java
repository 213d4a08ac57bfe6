package dev.tripline.events;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Writes and reads records in Confluent's wire format: a zero byte, the schema's id as four bytes, big endian, then Avro
 * binary. May be shared between threads; ids and schemas are asked for once.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">Confluent:
 *     wire format</a>
 */
public final class EventSerdes {
    private static final int CACHED_SCHEMAS = 1_000;

    private static final String BEARER_SOURCE = "bearer.auth.credentials.source";

    /** Confluent's code for a schema that is not there; a 404 without it comes from something else at that address. */
    private static final int SCHEMA_NOT_FOUND = 40_403;

    private final SchemaRegistryClient registry;
    private final boolean autoRegister;
    private final Map<String, Integer> idsBySubject = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemasById = new ConcurrentHashMap<>();

    public EventSerdes(SchemaRegistryClient registry, boolean autoRegister) {
        this.registry = registry;
        this.autoRegister = autoRegister;
    }

    /**
     * Connects to a registry. Nothing is sent before the first record.
     *
     * @throws IllegalArgumentException if the settings ask for what the client cannot do
     */
    public static EventSerdes connect(RegistrySettings settings) {
        return new EventSerdes(client(settings), settings.autoRegister());
    }

    /**
     * Makes Confluent's client from settings.
     *
     * @throws IllegalArgumentException if the settings ask for what the client cannot do
     */
    public static SchemaRegistryClient client(RegistrySettings settings) {
        try {
            return new CachedSchemaRegistryClient(
                    List.of(settings.url().split("\\s*,\\s*")),
                    CACHED_SCHEMAS,
                    List.of(new AvroSchemaProvider()),
                    settings.properties());
        } catch (ServiceConfigurationError | NoClassDefFoundError e) {
            // The OAUTHBEARER sources of client 7.5.3 need a class that kafka-clients dropped in 4.1.
            throw new IllegalArgumentException(
                    BEARER_SOURCE + ": " + settings.properties().get(BEARER_SOURCE)
                            + " needs a class that kafka-clients dropped in 4.1 (" + e.getMessage()
                            + "); use basic.auth.credentials.source, or build Tripline with -Pconfluent",
                    e);
        }
    }

    /** Returns the serde of a topic's values. */
    public <V extends SpecificRecord> EventSerde<V> of(Topic<V> topic) {
        return new EventSerde<>(topic, this);
    }

    /**
     * Returns the id of the schema a topic is written with.
     *
     * @throws RegistryUnavailableException if the registry does not answer now
     * @throws IllegalStateException if it does not know or does not accept the schema
     */
    int idOf(Topic<?> topic) {
        Integer known = idsBySubject.get(topic.subject());
        if (known != null) {
            return known;
        }
        var schema = new AvroSchema(topic.schema());
        try {
            int id =
                    autoRegister ? registry.register(topic.subject(), schema) : registry.getId(topic.subject(), schema);
            idsBySubject.put(topic.subject(), id);
            return id;
        } catch (RestClientException e) {
            if (isTransient(e)) {
                throw new RegistryUnavailableException("Schema Registry cannot answer now: " + e.getMessage(), e);
            }
            throw new IllegalStateException(
                    "Schema Registry does not "
                            + (autoRegister ? "accept" : "know")
                            + " the schema of subject " + topic.subject() + ": " + e.getMessage()
                            + (autoRegister ? "" : "; run 'tripline topics apply' to register it"),
                    e);
        } catch (IOException e) {
            throw new RegistryUnavailableException("Schema Registry cannot be reached: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the schema with an id.
     *
     * @throws RegistryUnavailableException if the registry does not answer now
     * @throws UnreadableRecordException if it knows no such schema
     */
    Schema schemaOf(int id) {
        Schema known = schemasById.get(id);
        if (known != null) {
            return known;
        }
        try {
            ParsedSchema parsed = registry.getSchemaById(id);
            if (!(parsed instanceof AvroSchema avro)) {
                throw new UnreadableRecordException("schema id " + id + " is " + parsed.schemaType() + ", not Avro");
            }
            Schema schema = avro.rawSchema();
            schemasById.put(id, schema);
            return schema;
        } catch (RestClientException e) {
            if (e.getErrorCode() != SCHEMA_NOT_FOUND) {
                throw new RegistryUnavailableException("Schema Registry cannot answer now: " + e.getMessage(), e);
            }
            throw new UnreadableRecordException("schema id " + id + " is unknown to the Schema Registry", e);
        } catch (IOException e) {
            throw new RegistryUnavailableException("Schema Registry cannot be reached: " + e.getMessage(), e);
        }
    }

    /** "Not found" and "refused" stay as they are until somebody acts; the rest passes when the registry is mended. */
    private static boolean isTransient(RestClientException e) {
        return e.getStatus() != 404 && e.getStatus() != 409 && e.getStatus() != 422;
    }
}
