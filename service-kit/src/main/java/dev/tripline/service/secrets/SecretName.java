package dev.tripline.service.secrets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the name of a value says about the value. */
enum SecretName {
    /** Whatever it is given is secret. */
    PASSWORD("password", "value of a name that says password"),
    /** A secret key of Amazon Web Services. */
    AWS_KEY("aws", "value of a name of a secret access key"),
    /** Secret unless the value counts what passed. */
    PASS("password", "value of a name that says pass"),
    /** A key of Azure. */
    AZURE_KEY("azure", "value of a name of an account's or shared access key"),
    /** A value is secret if it looks like a token; such names are also followed by words. */
    TOKEN("token", "value of a name that says token"),
    /** Secret in the query of a URL if it looks like a token. */
    PARAMETER("query", "query parameter whose name says secret"),
    /** A header that holds a scheme and credentials. */
    AUTHORIZATION("authorization", "credentials of an HTTP request"),
    /** A header that holds names and values. */
    COOKIE("cookie", "cookies");

    private static final int MOST_PARTS = 4;
    private static final int ASCII = 128;
    private static final Map<String, SecretName> NAMES = names();

    /** Pairs of letters with which the names of the table and {@link #JOINED_ENDS}, which are among them, end. */
    private static final boolean[] ENDINGS = endings();

    private final String kind;
    private final String reason;

    SecretName(String kind, String reason) {
        this.kind = kind;
        this.reason = reason;
    }

    String kind() {
        return kind;
    }

    String reason() {
        return reason;
    }

    /** Tells whether whatever stands behind the name is secret. */
    boolean isStrong() {
        return this == PASSWORD || this == PASS || this == AWS_KEY || this == AZURE_KEY;
    }

    /** Tells whether a value of it stands alone, unlike those of headers and queries. */
    boolean isAssignable() {
        return isStrong() || this == TOKEN;
    }

    private static Map<String, SecretName> names() {
        var names = new HashMap<String, SecretName>();
        put(names, PASSWORD, """
                password passwords passwd passphrase passcode pwd secret secrets clientsecret secretkey apikey accesskey privatekey
                encryptionkey signingkey masterkey hmackey sshkey secretkeybase credential credentials
                """);
        put(names, AWS_KEY, "secretaccesskey awssecretkey");
        put(names, AZURE_KEY, "accountkey sharedaccesskey sharedaccesssignature storagekey");
        put(names, TOKEN, """
                token accesstoken refreshtoken idtoken authtoken sessiontoken apitoken jwt auth signature sig csrf xsrf
                sessionkey bearer authkey webhookurl
                """);
        put(names, PARAMETER, "key code session sessionid sid");
        put(names, PASS, "pass pw");
        put(names, AUTHORIZATION, "authorization");
        put(names, COOKIE, "cookie cookies");
        return Map.copyOf(names);
    }

    private static boolean[] endings() {
        var pairs = new boolean[ASCII * ASCII];
        NAMES.keySet()
                .forEach(name -> pairs[name.charAt(name.length() - 2) * ASCII + name.charAt(name.length() - 1)] = true);
        return pairs;
    }

    /** Returns the names of the table, joined and in lower case. */
    static Set<String> all() {
        return NAMES.keySet();
    }

    private static void put(Map<String, SecretName> names, SecretName meaning, String list) {
        for (String name : list.strip().split("\\s+")) {
            names.put(name, meaning);
        }
    }

    /**
     * Returns what a name says, by its last parts, however they are joined: {@code DB_PASSWORD}, {@code dbPassword},
     * {@code x-api-key}; null if it says nothing of secrets.
     *
     * @param isAssigned whether an equals sign follows, as in environments; a colon follows names of errors, too
     */
    static @Nullable SecretName of(String name, boolean isAssigned) {
        return mayMeanSomething(name) ? ofParts(name, isAssigned) : null;
    }

    /** Tells whether a name ends as one of the table does, or is not ASCII, where lower case is harder to tell. */
    private static boolean mayMeanSomething(String name) {
        char last = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            char c = name.charAt(i);
            if (c >= ASCII) {
                return true;
            }
            if (c == '_' || c == '-') {
                continue;
            }
            char lower = Ascii.isUpper(c) ? (char) (c | 0x20) : c;
            if (last != 0) {
                return ENDINGS[lower * ASCII + last] || !isAscii(name, i);
            }
            last = lower;
        }
        return false;
    }

    private static boolean isAscii(String name, int end) {
        for (int i = 0; i < end; i++) {
            if (name.charAt(i) >= ASCII) {
                return false;
            }
        }
        return true;
    }

    /** The same as {@link #of}, without a look at how the name ends. */
    static @Nullable SecretName ofParts(String name, boolean isAssigned) {
        List<String> parts = parts(name);
        String last = "";
        @Nullable SecretName found = null;
        for (int i = parts.size() - 1; i >= Math.max(0, parts.size() - MOST_PARTS); i--) {
            last = parts.get(i) + last;
            SecretName meaning = NAMES.get(last);
            // What more parts say goes before what fewer say: an access key is more than a key.
            found = meaning == null ? found : meaning;
        }
        boolean isShouted = name.equals(name.toUpperCase(Locale.ROOT));
        boolean isError = !isAssigned && parts.size() > 1 && FAULTS.contains(parts.get(0));
        if (isError && found == PASSWORD) {
            return TOKEN;
        }
        if (found == PASS) {
            return passIn(parts, isAssigned, isShouted);
        }
        if (found == TOKEN && isShouted && isAssigned && parts.size() > 1) {
            return PASSWORD;
        }
        return found == null && JOINED_ENDS.stream().anyMatch(last::endsWith) ? PASSWORD : found;
    }

    /** Much passes: tests, compilers, renderers. A password belongs to somebody. */
    private static @Nullable SecretName passIn(List<String> parts, boolean isAssigned, boolean isShouted) {
        if (parts.size() == 1) {
            return isAssigned ? PASS : PARAMETER;
        }
        boolean isHeld = parts.subList(0, parts.size() - 1).stream().anyMatch(HOLDERS::contains);
        return isHeld || isShouted ? PASS : PARAMETER;
    }

    /** Who or what has a password. */
    private static final Set<String> HOLDERS = Set.of(
            "account",
            "admin",
            "amqp",
            "auth",
            "basic",
            "bind",
            "cert",
            "client",
            "database",
            "datasource",
            "db",
            "docker",
            "email",
            "ftp",
            "git",
            "http",
            "imap",
            "jdbc",
            "kafka",
            "key",
            "keystore",
            "ldap",
            "login",
            "mail",
            "mongo",
            "mysql",
            "oracle",
            "pg",
            "postgres",
            "proxy",
            "rabbit",
            "redis",
            "registry",
            "root",
            "server",
            "service",
            "smtp",
            "sql",
            "ssh",
            "ssl",
            "store",
            "sudo",
            "tls",
            "truststore",
            "user",
            "wifi");

    /** Ends that need no joint, as in {@code PGPASSWORD}. */
    private static final Set<String> JOINED_ENDS = Set.of("password", "passwd", "passphrase");

    /** First parts of names of errors, such as {@code BAD_CREDENTIALS}. */
    private static final Set<String> FAULTS =
            Set.of("bad", "expired", "incorrect", "invalid", "missing", "no", "unknown", "unsupported", "wrong");

    private static List<String> parts(String name) {
        var parts = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            boolean joint = i == name.length() || name.charAt(i) == '_' || name.charAt(i) == '-';
            if (joint || beginsHump(name, i)) {
                if (i > start) {
                    parts.add(name.substring(start, i).toLowerCase(Locale.ROOT));
                }
                start = joint ? i + 1 : i;
            }
        }
        return parts;
    }

    private static boolean beginsHump(String name, int at) {
        if (at == 0 || !Ascii.isUpper(name.charAt(at))) {
            return false;
        }
        boolean afterLower = Ascii.isLower(name.charAt(at - 1)) || Ascii.isDigit(name.charAt(at - 1));
        boolean beforeLower = at + 1 < name.length() && Ascii.isLower(name.charAt(at + 1));
        return afterLower || (Ascii.isUpper(name.charAt(at - 1)) && beforeLower);
    }
}
