package dev.tripline.local;

import dev.tripline.local.schema.SchemaStore;
import java.util.stream.Collectors;

/** Page a person sees who opens the registry's address. */
final class RegistryPage {
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Tripline: local schema registry</title></head>
            <body>
            <h1>Tripline: local schema registry</h1>
            <p>This registry is part of local mode and is for <strong>one machine</strong>: it listens on 127.0.0.1 only,
            keeps one file, and has no users, replicas or TLS. Beyond that, give Tripline the address of a real one:</p>
            <ul>
            <li><a href="https://docs.confluent.io/platform/current/schema-registry/">Confluent Schema Registry</a></li>
            <li><a href="https://www.karapace.io/">Karapace</a></li>
            <li><a href="https://www.apicur.io/registry/">Apicurio Registry</a>, by its <code>/apis/ccompat/v7</code>
            address</li>
            </ul>
            <h2>Subjects</h2>
            %s
            </body>
            </html>
            """;

    private RegistryPage() {}

    static String of(SchemaStore store) {
        String rows = store.subjects(false).stream()
                .map(subject -> "<li>" + escape(subject) + ": versions "
                        + store.versions(subject, false).stream()
                                .map(version -> version.version() + " (id " + version.id() + ")")
                                .collect(Collectors.joining(", "))
                        + "</li>")
                .collect(Collectors.joining("\n"));
        return PAGE.formatted(rows.isEmpty() ? "<p>None yet.</p>" : "<ul>\n" + rows + "\n</ul>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
