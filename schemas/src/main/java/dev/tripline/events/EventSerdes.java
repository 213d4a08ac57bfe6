package dev.tripline.events;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads records in Confluent's wire format: a zero byte, the schema's id as four bytes, big endian, then Avro
 * binary. May be shared between threads; ids and schemas are asked for once. A schema that others wrote with is read with
 * only if it is registered under the topic's own subject and keeps the rules of {@link WriterSchema}.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">Confluent:
 *     wire format</a>
 */
public final class EventSerdes {
    /**
     * Schemas that are remembered, each of at most {@link WriterSchema#MAX_NODES} types: those of all topics in some versions. Others
     * than the topic's own are not fetched, if the registry tells which are.
     */
    private static final int CACHED_SCHEMAS = 64;

    private static final String NOT_REGISTERED = "must be registered under this subject, and is not";
    private static final String UNKNOWN = "it is unknown to the Schema Registry";

    private static final String BEARER_SOURCE = "bearer.auth.credentials.source";

    /** Confluent's code for a schema that is not there; a 404 without it comes from something else at that address. */
    private static final int SCHEMA_NOT_FOUND = 40_403;

    private static final int SUBJECT_NOT_FOUND = 40_401;

    /**
     * How the client begins to say that it fetched a schema and cannot parse it, or knows no such type; it has no class of
     * its own for that.
     */
    private static final String UNPARSABLE = "Invalid schema ";

    /** Then a refused schema is asked for again: it may have been registered meanwhile. */
    private static final Duration REFUSED_FOR = Duration.ofMinutes(1);

    static {
        AvroLimits.set();
    }

    private final SchemaRegistryClient registry;
    private final boolean autoRegister;
    private final Map<String, Integer> idsBySubject = new ConcurrentHashMap<>();
    private final Map<WriterId, Writer> writers = Collections.synchronizedMap(new Newest<>(CACHED_SCHEMAS));
    private final InstantSource clock;

    public EventSerdes(SchemaRegistryClient registry, boolean autoRegister) {
        this(registry, autoRegister, InstantSource.system());
    }

    /** @param clock tells when a refused schema is asked for again */
    EventSerdes(SchemaRegistryClient registry, boolean autoRegister, InstantSource clock) {
        this.registry = registry;
        this.autoRegister = autoRegister;
        this.clock = clock;
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
     * Returns the schema that records of a topic with this id were written with. What was refused is remembered for a
     * minute.
     *
     * @throws RegistryUnavailableException if the registry does not answer now
     * @throws UnreadableRecordException if it knows no such schema, the schema is not registered under the topic's
     *     subject, is not Avro, or breaks a rule of {@link WriterSchema}
     */
    Schema schemaOf(int id, Topic<?> topic) {
        var key = new WriterId(topic.subject(), id);
        Writer known = writers.get(key);
        if (known == null || known.isOver(clock.instant())) {
            known = judge(key);
            writers.put(key, known);
        }
        return known.schema();
    }

    private Writer judge(WriterId writer) {
        try {
            Optional<Boolean> told = isToldRegistered(writer);
            if (told.isPresent() && !told.get()) {
                // Not fetched at all: anybody's schemas would fill the memory.
                return refused(writer, NOT_REGISTERED);
            }
            Schema schema = fetch(writer.id());
            Optional<String> fault = WriterSchema.fault(schema);
            if (fault.isPresent()) {
                return refused(writer, fault.get());
            }
            return told.isPresent() || isFoundRegistered(writer, schema)
                    ? new Writer(schema, "", Instant.MAX)
                    : refused(writer, NOT_REGISTERED);
        } catch (UnreadableRecordException e) {
            return refused(writer, String.valueOf(e.getMessage()));
        }
    }

    private Writer refused(WriterId writer, String why) {
        return new Writer(
                null,
                "schema id " + writer.id() + ", subject " + writer.subject() + ": " + why,
                clock.instant().plus(REFUSED_FOR));
    }

    private Schema fetch(int id) {
        try {
            ParsedSchema parsed = registry.getSchemaById(id);
            if (!(parsed instanceof AvroSchema avro)) {
                throw new UnreadableRecordException("it is " + parsed.schemaType() + ", not Avro");
            }
            WriterSchema.fault(avro.canonicalString()).ifPresent(fault -> {
                throw new UnreadableRecordException("its text " + fault);
            });
            return avro.rawSchema();
        } catch (RestClientException e) {
            if (e.getErrorCode() != SCHEMA_NOT_FOUND) {
                throw new RegistryUnavailableException("Schema Registry cannot answer now: " + e.getMessage(), e);
            }
            throw new UnreadableRecordException(UNKNOWN, e);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).startsWith(UNPARSABLE)) {
                throw new UnreadableRecordException("it cannot be parsed as Avro", e);
            }
            throw new RegistryUnavailableException("Schema Registry cannot be reached: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new UnreadableRecordException("it is nested too deep to be parsed", e);
        }
    }

    /** Returns whether a schema is registered under a subject; empty if the registry lacks that route or the account may not ask. */
    private Optional<Boolean> isToldRegistered(WriterId writer) {
        try {
            return Optional.of(registry.getAllSubjectsById(writer.id()).contains(writer.subject()));
        } catch (RestClientException e) {
            if (e.getErrorCode() == SCHEMA_NOT_FOUND) {
                throw new UnreadableRecordException(UNKNOWN, e);
            }
            if (e.getStatus() != 403 && e.getStatus() != 404 && e.getStatus() != 405) {
                throw new RegistryUnavailableException("Schema Registry cannot answer now: " + e.getMessage(), e);
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new RegistryUnavailableException("Schema Registry cannot be reached: " + e.getMessage(), e);
        }
    }

    /** Tells whether a schema is registered under a subject, as writers ask: by the schema. */
    private boolean isFoundRegistered(WriterId writer, Schema schema) {
        try {
            return registry.getId(writer.subject(), new AvroSchema(schema)) == writer.id();
        } catch (RestClientException e) {
            if (e.getErrorCode() == SCHEMA_NOT_FOUND || e.getErrorCode() == SUBJECT_NOT_FOUND) {
                return false;
            }
            throw new RegistryUnavailableException(
                    "Schema Registry does not say whether schema id " + writer.id() + " is registered under subject "
                            + writer.subject() + "; the account must be allowed to read that subject: "
                            + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new RegistryUnavailableException("Schema Registry cannot be reached: " + e.getMessage(), e);
        }
    }

    /** "Not found" and "refused" stay as they are until somebody acts; the rest passes when the registry is mended. */
    private static boolean isTransient(RestClientException e) {
        return e.getStatus() != 404 && e.getStatus() != 409 && e.getStatus() != 422;
    }

    private record WriterId(String subject, int id) {}

    /**
     * What was decided about a schema.
     *
     * @param accepted the schema; null if it is refused
     * @param refusal why; empty if it is not refused
     * @param until when this is decided anew
     */
    private record Writer(@Nullable Schema accepted, String refusal, Instant until) {
        boolean isOver(Instant now) {
            return now.isAfter(until);
        }

        Schema schema() {
            if (accepted == null) {
                throw new UnreadableRecordException(refusal);
            }
            return accepted;
        }
    }

    /** The entries that were used last. */
    static final class Newest<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        private final int limit;

        Newest(int limit) {
            super(16, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > limit;
        }
    }
}
