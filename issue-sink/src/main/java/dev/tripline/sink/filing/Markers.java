package dev.tripline.sink.filing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Signs and finds the marker by which an issue is known again: an HTML comment with the incident's id, the tracker, the
 * issue's number once it is known, the id of the key and a signature over all. A marker with a number that is copied into
 * another issue is worth nothing; one without, or of version 1, which had neither tracker nor number, is for whoever reads it
 * to doubt. The first key signs, all verify, so keys can be replaced while old issues stay known.
 *
 * <p>Only the last marker of a text counts and only a signed one is taken. Text of tests can hold no HTML comment (see
 * {@link Markdown}), and the sink's own marker stands behind all of it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2104#section-5">RFC 2104, section 5: truncated output</a>
 */
public final class Markers {
    /** How every marker begins. */
    public static final String OPENING = "<!-- tripline:";

    /** Most characters of a marker. */
    public static final int LONGEST = 2_048;

    /** Half of SHA-256's output, the least RFC 2104 allows. */
    private static final int SIGNATURE_BYTES = 16;

    private static final Pattern ISSUE = Pattern.compile("<!-- tripline:v2 incident=([A-Za-z0-9._:%-]{1,1024})"
            + " in=([A-Za-z0-9._:%-]{1,512})(?: number=([A-Za-z0-9._:%-]{1,64}))?"
            + " key=([A-Za-z0-9._-]{1,64}) sig=([A-Za-z0-9_-]{22}) -->");
    private static final Pattern ISSUE_V1 = Pattern.compile("<!-- tripline:v1 incident=([A-Za-z0-9._:%-]{1,1024})"
            + " key=([A-Za-z0-9._-]{1,64}) sig=([A-Za-z0-9_-]{22}) -->");
    private static final Pattern COMMENT = Pattern.compile("<!-- tripline:v1 incident=([A-Za-z0-9._:%-]{1,1024})"
            + " facts=([0-9]{1,18}) key=([A-Za-z0-9._-]{1,64}) sig=([A-Za-z0-9_-]{22}) -->");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Map<String, MarkerKey> keys = new LinkedHashMap<>();
    private final MarkerKey signing;

    /**
     * @param keys at least one, with different ids; the first signs
     * @throws IllegalArgumentException if there is none, or two have one id
     */
    public Markers(List<MarkerKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("marker keys: must name at least one key, got none");
        }
        for (MarkerKey key : keys) {
            if (this.keys.put(key.id(), key) != null) {
                throw new IllegalArgumentException("marker keys: ids must differ, got '" + key.id() + "' twice");
            }
        }
        this.signing = keys.get(0);
    }

    /**
     * What a genuine marker says.
     *
     * @param incidentId the incident
     * @param tracker name of the tracker the issue was made in; null in version 1
     * @param number number of the issue; null if it was not known when the marker was written
     */
    public record Claim(
            String incidentId,
            @Nullable String tracker,
            @Nullable String number) {}

    /**
     * Returns the marker of an incident's issue.
     *
     * @param tracker name of the tracker it is in
     * @param number its number; null before it is known
     */
    public String ofIssue(String incidentId, String tracker, @Nullable String number) {
        return OPENING + "v2 incident=" + encode(incidentId) + " in=" + encode(tracker)
                + (number == null ? "" : " number=" + encode(number)) + " key=" + signing.id() + " sig="
                + sign(signing, "v2", "issue", incidentId, place(tracker, number)) + " -->";
    }

    /** Returns the marker of a comment that tells an incident's facts up to a number of them. */
    public String ofComment(String incidentId, long facts) {
        return OPENING + "v1 incident=" + encode(incidentId) + " facts=" + facts + " key=" + signing.id() + " sig="
                + sign(signing, "v1", "comment", incidentId, Long.toString(facts)) + " -->";
    }

    /** Returns what the last marker of a body says; empty if it is missing, malformed or not signed by us. */
    public Optional<Claim> claimOf(String body) {
        int last = body.lastIndexOf(OPENING);
        if (last < 0) {
            return Optional.empty();
        }
        Matcher marker = ISSUE.matcher(body).region(last, body.length());
        if (marker.lookingAt()) {
            String incidentId = decode(marker.group(1));
            String tracker = decode(marker.group(2));
            String number = marker.group(3) == null ? null : decode(marker.group(3));
            return isSigned(marker.group(4), marker.group(5), "v2", "issue", incidentId, place(tracker, number))
                    ? Optional.of(new Claim(incidentId, tracker, number))
                    : Optional.empty();
        }
        Matcher old = ISSUE_V1.matcher(body).region(last, body.length());
        if (!old.lookingAt()) {
            return Optional.empty();
        }
        String incidentId = decode(old.group(1));
        return isSigned(old.group(2), old.group(3), "v1", "issue", incidentId, "")
                ? Optional.of(new Claim(incidentId, null, null))
                : Optional.empty();
    }

    /** Encoded, neither part holds the sign between them. */
    private static String place(String tracker, @Nullable String number) {
        return encode(tracker) + "#" + (number == null ? "" : encode(number));
    }

    /** Tells whether a comment is the one that tells an incident's facts up to a number of them. */
    public boolean isComment(String comment, String incidentId, long facts) {
        Matcher marker = COMMENT.matcher(comment);
        int last = comment.lastIndexOf(OPENING);
        return last >= 0
                && marker.region(last, comment.length()).lookingAt()
                && decode(marker.group(1)).equals(incidentId)
                && marker.group(2).equals(Long.toString(facts))
                && isSigned(marker.group(3), marker.group(4), "v1", "comment", incidentId, marker.group(2));
    }

    private boolean isSigned(
            String keyId, String signature, String version, String kind, String incidentId, String rest) {
        MarkerKey key = keys.get(keyId);
        return key != null
                && MessageDigest.isEqual(
                        sign(key, version, kind, incidentId, rest).getBytes(StandardCharsets.US_ASCII),
                        signature.getBytes(StandardCharsets.US_ASCII));
    }

    private static String sign(MarkerKey key, String version, String kind, String incidentId, String rest) {
        byte[] whole = key.sign(String.join("\n", version, kind, encode(incidentId), rest, key.id())
                .getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, SIGNATURE_BYTES));
    }

    /** Two hyphens would end the comment in some readers, so hyphens stand alone or are encoded. */
    private static String encode(String incidentId) {
        var text = new StringBuilder();
        for (byte b : incidentId.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == ':');
            boolean aloneHyphen = c == '-' && !text.isEmpty() && text.charAt(text.length() - 1) != '-';
            if (plain || aloneHyphen) {
                text.append(c);
            } else {
                text.append('%').append(HEX.toHexDigits(b));
            }
        }
        return text.toString();
    }

    private static String decode(String encoded) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            int high = c == '%' && i + 2 <= encoded.length() - 1 ? Character.digit(encoded.charAt(i + 1), 16) : -1;
            int low = c == '%' && i + 2 <= encoded.length() - 1 ? Character.digit(encoded.charAt(i + 2), 16) : -1;
            if (high >= 0 && low >= 0) {
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
