package dev.tripline.agent.report;

import dev.tripline.agent.report.PassedOver.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The characters of an XML document, fit for a parser: tests print what XML does not allow, and many writers of reports do not
 * look. Each character that XML forbids, each reference to one and each byte that is none of the encoding becomes U+FFFD; a
 * character U+0000, with which systems fill files after a crash, is left out. Lines stay as they are. For one thread.
 *
 * <p>The encoding is that of the byte order mark, else the declared one, else UTF-8. A declaration that cannot be true, such as
 * UTF-16 in a document of single bytes, as .NET writes it, is passed over.
 *
 * @see <a href="https://www.w3.org/TR/xml/#charsets">XML 1.0, section 2.2</a>
 * @see <a href="https://www.w3.org/TR/xml/#sec-guessing">XML 1.0, appendix F: detection of encodings</a>
 */
final class XmlCharacters extends Reader {
    private static final int BYTES = 1 << 16;
    private static final char REPLACEMENT = '\uFFFD';

    /** A declaration is shorter than this, or is not looked at. */
    private static final int DECLARATION_BYTES = 1024;

    /** Long enough for any reference that somebody writes, with zeros in front; what is longer the parser may judge. */
    private static final int REFERENCE_CHARACTERS = 32;

    private static final String CDATA = "<![CDATA[";
    private static final String COMMENT = "<!--";

    /**
     * Characters that stand for themselves wherever they are; a line break does not, because lines are counted. One look for each
     * character of a report, without a question before it, takes a quarter off the time.
     */
    private static final boolean[] IS_PLAIN = plain();

    private static final Pattern ENCODING = Pattern.compile("\\sencoding\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final Pattern VERSION_1_1 = Pattern.compile("\\sversion\\s*=\\s*[\"']1\\.1[\"']");

    private final InputStream in;
    private final Consumer<PassedOver> passedOver;
    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    private final char[] characters = new char[BYTES + REFERENCE_CHARACTERS];
    private final CharsetDecoder decoder;
    private final boolean isVersion11;

    private Within within = Within.CONTENT;
    private int start;
    private int end;
    private int decoded;
    private boolean ended;
    private int line = 1;
    private int linesAhead;
    private int linesLookedAt;
    private char before;
    private char beforeThat;

    /** What the scan is in: references count in content and tags only. */
    private enum Within {
        CONTENT,
        CDATA,
        COMMENT,
        INSTRUCTION
    }

    /**
     * Finds out the encoding.
     *
     * @param passedOver is told of each character that was replaced, and of an encoding that is unknown
     */
    XmlCharacters(InputStream in, Consumer<PassedOver> passedOver) throws IOException {
        super(in);
        this.in = in;
        this.passedOver = passedOver;
        String beginning = beginning();
        this.isVersion11 = VERSION_1_1.matcher(beginning).find();
        this.decoder = charset(beginning)
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (start == end) {
            if (isLast() && decoded == end) {
                return -1;
            }
            fill();
        }
        int taken = Math.min(length, end - start);
        System.arraycopy(characters, start, target, offset, taken);
        start += taken;
        return taken;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Tells whether no more characters will be decoded than have been. */
    private boolean isLast() {
        return ended && !bytes.hasRemaining();
    }

    /** Reads enough to tell the encoding, and returns the XML declaration if it is one of single bytes. */
    private String beginning() throws IOException {
        String declaration = "";
        while (bytes.position() < DECLARATION_BYTES) {
            int read = in.read(bytes.array(), bytes.position(), DECLARATION_BYTES - bytes.position());
            if (read < 0) {
                ended = true;
                break;
            }
            bytes.position(bytes.position() + read);
            declaration = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
            int open = declaration.indexOf("<?xml");
            // A byte order mark may stand before it.
            boolean mayBeDeclared = bytes.position() < 8 || (open >= 0 && open <= 3);
            if (!mayBeDeclared || declaration.indexOf('>') >= 0) {
                break;
            }
        }
        bytes.flip();
        int close = declaration.indexOf("?>");
        return declaration.contains("<?xml") && close >= 0 ? declaration.substring(0, close) : "";
    }

    /** Returns the encoding, and goes past its mark. */
    private Charset charset(String declaration) {
        int first = unsigned(0);
        int second = unsigned(1);
        if (first == 0xEF && second == 0xBB && unsigned(2) == 0xBF) {
            bytes.position(3);
            return StandardCharsets.UTF_8;
        }
        if (first == 0xFE && second == 0xFF) {
            bytes.position(2);
            return StandardCharsets.UTF_16BE;
        }
        if (first == 0xFF && second == 0xFE) {
            bytes.position(2);
            return StandardCharsets.UTF_16LE;
        }
        if (first == 0 && second == '<') {
            return StandardCharsets.UTF_16BE;
        }
        if (first == '<' && second == 0) {
            return StandardCharsets.UTF_16LE;
        }
        return declared(declaration);
    }

    private Charset declared(String declaration) {
        Matcher encoding = ENCODING.matcher(declaration);
        if (!encoding.find()) {
            return StandardCharsets.UTF_8;
        }
        String name = encoding.group(1);
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.startsWith("UTF-16") || upper.startsWith("UTF-32") || upper.startsWith("ISO-10646")) {
            return StandardCharsets.UTF_8;
        }
        try {
            Charset charset = Charset.forName(name);
            // The declaration itself was readable byte by byte; an encoding in which it would not be is not the true
            // one.
            return new String(declaration.getBytes(StandardCharsets.ISO_8859_1), charset).equals(declaration)
                    ? charset
                    : StandardCharsets.UTF_8;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            passedOver.accept(new PassedOver(1, "encoding", Reason.NO_ENCODING, name));
            return StandardCharsets.UTF_8;
        }
    }

    /** Returns a byte of the beginning; -1 behind it. */
    private int unsigned(int index) {
        return index < bytes.limit() ? bytes.get(index) & 0xFF : -1;
    }

    /** Decodes more, behind what waits for its rest, and cleans it. */
    private void fill() throws IOException {
        System.arraycopy(characters, end, characters, 0, decoded - end);
        decoded -= end;
        start = 0;
        end = 0;
        linesAhead = 0;
        linesLookedAt = 0;
        var target = CharBuffer.wrap(characters, decoded, characters.length - decoded);
        decode(target);
        clean(target.position());
    }

    private void decode(CharBuffer target) throws IOException {
        while (true) {
            CoderResult result = decoder.decode(bytes, target, ended);
            if (result.isError()) {
                target.put(REPLACEMENT);
                tell(Reason.NO_CHARACTER, "byte", bytesShown(result.length()), linesAhead(target));
                bytes.position(bytes.position() + result.length());
            } else if (result.isOverflow() || ended || target.position() > decoded) {
                return;
            } else {
                bytes.compact();
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                ended = read < 0;
                bytes.position(bytes.position() + Math.max(0, read));
                bytes.flip();
            }
            if (target.remaining() < 2) {
                return;
            }
        }
    }

    private String bytesShown(int length) {
        int from = bytes.position();
        return HexFormat.ofDelimiter(" ").withPrefix("0x").formatHex(bytes.array(), from, from + length);
    }

    /** Returns how many lines end in what was decoded and not yet cleaned. */
    private int linesAhead(CharBuffer target) {
        for (; linesLookedAt < target.position(); linesLookedAt++) {
            linesAhead += characters[linesLookedAt] == '\n' ? 1 : 0;
        }
        return linesAhead;
    }

    /** Replaces what no parser takes, up to what needs more characters to be judged. */
    private void clean(int limit) {
        int to = 0;
        int from = 0;
        while (from < limit) {
            int plain = endOfPlain(from, limit);
            if (plain > from) {
                int length = plain - from;
                if (to < from) {
                    System.arraycopy(characters, from, characters, to, length);
                }
                from = plain;
                to += length;
                beforeThat = length > 1 ? characters[to - 2] : before;
                before = characters[to - 1];
                continue;
            }
            char c = characters[from];
            if (c < ' ' && c != '\t') {
                if (c == '\n') {
                    line += before == '\r' ? 0 : 1;
                } else if (c == '\r') {
                    line++;
                } else {
                    tell(Reason.NO_CHARACTER, "character", shown(c), 0);
                    if (c == 0) {
                        from++;
                        continue;
                    }
                    c = REPLACEMENT;
                }
            } else if (c >= 0x7F && isForbidden(c)) {
                tell(Reason.NO_CHARACTER, "character", shown(c), 0);
                c = REPLACEMENT;
            } else if (c == '&' && within == Within.CONTENT) {
                int length = reference(from, limit);
                if (length < 0) {
                    break;
                }
                if (length > 0) {
                    from += length - 1;
                    c = REPLACEMENT;
                }
            } else if (c == '<' && within == Within.CONTENT) {
                if (limit - from < CDATA.length() && !isLast()) {
                    break;
                }
                within = begins(from, limit);
                if (within == Within.COMMENT) {
                    // The hyphens that open a comment do not close it.
                    System.arraycopy(characters, from, characters, to, COMMENT.length());
                    from += COMMENT.length();
                    to += COMMENT.length();
                    before = ' ';
                    beforeThat = ' ';
                    continue;
                }
            } else if (c == '>') {
                leave();
            }
            beforeThat = before;
            before = c;
            characters[to++] = c;
            from++;
        }
        // What waits is laid behind what is ready, where the next call looks for it.
        System.arraycopy(characters, from, characters, to, limit - from);
        end = to;
        decoded = to + limit - from;
    }

    /** Returns where the characters end that need no look at what is around them: nearly all of a report. */
    private int endOfPlain(int from, int limit) {
        int at = from;
        while (at < limit && IS_PLAIN[characters[at]]) {
            at++;
        }
        return at;
    }

    private static boolean[] plain() {
        var plain = new boolean[Character.MAX_VALUE + 1];
        Arrays.fill(plain, ' ', plain.length, true);
        plain['\t'] = true;
        plain['&'] = false;
        plain['<'] = false;
        plain['>'] = false;
        // What one of the versions of XML forbids.
        Arrays.fill(plain, 0x7F, 0xA0, false);
        plain[0xFFFE] = false;
        plain[0xFFFF] = false;
        return plain;
    }

    /** Tells whether XML forbids a character from U+007F on; lone halves of pairs the decoder has replaced already. */
    private boolean isForbidden(char c) {
        return c >= '\uFFFE' || (isVersion11 && c <= '\u009F' && c != '\u0085');
    }

    private Within begins(int from, int limit) {
        char next = from + 1 < limit ? characters[from + 1] : '\0';
        if (next != '!') {
            return next == '?' ? Within.INSTRUCTION : Within.CONTENT;
        }
        if (startsWith(COMMENT, from, limit)) {
            return Within.COMMENT;
        }
        return startsWith(CDATA, from, limit) ? Within.CDATA : Within.CONTENT;
    }

    private boolean startsWith(String text, int from, int limit) {
        if (limit - from < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (characters[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void leave() {
        boolean isEnd = switch (within) {
            case CONTENT -> false;
            case CDATA -> before == ']' && beforeThat == ']';
            case COMMENT -> before == '-' && beforeThat == '-';
            case INSTRUCTION -> before == '?';
        };
        within = isEnd ? Within.CONTENT : within;
    }

    /**
     * Looks at a reference and tells of one to a character that XML forbids.
     *
     * @return its length if it is one to such a character; 0 if it is not; negative if its end has not been decoded yet
     */
    private int reference(int from, int limit) {
        int last = Math.min(limit, from + REFERENCE_CHARACTERS);
        int i = from + 1;
        if (i < last && characters[i] != '#') {
            return 0;
        }
        i++;
        boolean isHex = i < last && characters[i] == 'x';
        i += isHex ? 1 : 0;
        int radix = isHex ? 16 : 10;
        int firstDigit = i;
        int value = 0;
        for (; i < last; i++) {
            char c = characters[i];
            if (c == ';' && i > firstDigit) {
                if (isAllowed(value)) {
                    return 0;
                }
                tell(Reason.NO_CHARACTER, "character", new String(characters, from, i + 1 - from), 0);
                return i + 1 - from;
            }
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return 0;
            }
            // More than any character stays more.
            value = Math.min(value * radix + digit, Character.MAX_CODE_POINT + 1);
        }
        return isLast() || limit - from >= REFERENCE_CHARACTERS ? 0 : -1;
    }

    private static boolean isAllowed(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= ' ' && character < Character.MIN_SURROGATE)
                || (character > Character.MAX_SURROGATE && character < 0xFFFE)
                || (character >= Character.MIN_SUPPLEMENTARY_CODE_POINT && character <= Character.MAX_CODE_POINT);
    }

    private void tell(Reason reason, String field, String value, int linesBefore) {
        passedOver.accept(new PassedOver(line + linesBefore, field, reason, value));
    }

    private static String shown(char c) {
        return "U+" + HexFormat.of().withUpperCase().toHexDigits(c);
    }
}
