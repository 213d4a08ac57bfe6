package dev.tripline.service.secrets;

import dev.tripline.service.text.Controls;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what an operator may be shown, in messages and logs, of what others wrote and of what a configuration holds. */
public final class Disclosure {
    private static final String HIDDEN = "…@";

    /** A comma may be part of a password; between addresses a scheme follows it. */
    private static final Pattern BETWEEN = Pattern.compile(",(?=\\s*[A-Za-z][A-Za-z0-9+.-]*://)");

    private static final Pattern SCHEME = Pattern.compile("\\s*[A-Za-z][A-Za-z0-9+.-]*");

    private Disclosure() {}

    /** Returns the text without secrets, neither those that look like one nor those this process was given. */
    public static String masked(String text) {
        return SecretMask.standard().mask(KnownSecrets.process().mask(text));
    }

    /** Returns the text as {@link #masked} does, on one line and without characters that a terminal obeys. */
    public static String line(String text) {
        return Controls.escape(masked(text));
    }

    /**
     * Returns an address, or several separated by commas, without user and password: {@code https://…@host/path}. Where it cannot
     * be told where a password ends, all up to the last {@code @} is hidden.
     */
    public static String url(String addresses) {
        return line(Arrays.stream(BETWEEN.split(addresses, -1))
                .map(Disclosure::withoutUser)
                .collect(Collectors.joining(",")));
    }

    private static String withoutUser(String address) {
        int at = address.lastIndexOf('@');
        if (at < 0 || isPlain(address)) {
            return address;
        }
        int scheme = address.indexOf("://");
        boolean hasScheme = scheme > 0
                && scheme < at
                && SCHEME.matcher(address.substring(0, scheme)).matches();
        return (hasScheme ? address.substring(0, scheme + "://".length()) : "") + HIDDEN + address.substring(at + 1);
    }

    /** Tells whether the @ is in the path or behind it. With a port it could be a password that holds a slash. */
    private static boolean isPlain(String address) {
        try {
            var uri = new URI(address.strip());
            return uri.getHost() != null && uri.getRawUserInfo() == null && uri.getPort() < 0;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
