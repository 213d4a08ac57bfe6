package dev.tripline.service.http;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells programs that may ask a server of this machine from pages of other sites and ports that a browser has open here.
 *
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">W3C: Fetch Metadata Request Headers</a>
 */
public final class LocalCallers {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Set<String> NO_OTHER_SITE = Set.of("same-origin", "none");

    private final String server;
    private final Set<String> names;

    /**
     * @param server what it is, for messages, such as {@code local registry}
     * @param names by which programs on other machines call it; empty for none
     */
    public LocalCallers(String server, Set<String> names) {
        this.server = server;
        this.names = Set.copyOf(names);
    }

    /** Tells whether a server that listens on this host can be called by programs of this machine only. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.contains(host) || host.equals("::1");
    }

    /** Adds what keeps browsers from showing an answer inside, or giving it to, pages of others, and from guessing its type. */
    public static void protect(Context context) {
        context.header(
                        "Content-Security-Policy",
                        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin");
    }

    /**
     * Lets a request pass if its {@code Host} is loopback or one of the names, which names of strangers that lead here are not,
     * and no page but one of this very server made it. A link to a page may stand anywhere.
     *
     * @throws ForbiddenResponse else
     */
    public void require(Context context) {
        String host = context.header("Host");
        if (!isKnown(host)) {
            throw new ForbiddenResponse(
                    names.isEmpty()
                            ? "The " + server + " answers requests of this machine only"
                            : "The " + server + " answers as " + String.join(", ", new TreeSet<>(names))
                                    + " and on this machine only, got Host: " + host);
        }
        String origin = context.header("Origin");
        if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
            throw new ForbiddenResponse("The " + server + " answers no pages of others, got Origin: " + origin);
        }
        String site = context.header("Sec-Fetch-Site");
        if (site != null && !NO_OTHER_SITE.contains(site) && !isFollowedLink(context)) {
            throw new ForbiddenResponse("The " + server + " answers no pages of others, got Sec-Fetch-Site: " + site);
        }
    }

    private static boolean isFollowedLink(Context context) {
        return context.method().equals(HandlerType.GET)
                && "navigate".equals(context.header("Sec-Fetch-Mode"))
                && "document".equals(context.header("Sec-Fetch-Dest"));
    }

    private boolean isKnown(@Nullable String authority) {
        try {
            String host =
                    authority == null ? null : URI.create("http://" + authority).getHost();
            if (host == null) {
                return false;
            }
            String name = host.toLowerCase(Locale.ROOT);
            return LOOPBACK.contains(name) || names.contains(host) || names.contains(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
