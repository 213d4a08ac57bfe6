package dev.tripline.sink.filing;

import dev.tripline.service.secrets.SecretMask;
import dev.tripline.service.secrets.Span;
import dev.tripline.service.text.Cut;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes text of unknown origin into GitHub-flavoured Markdown so that it shows as it is and does nothing: no mention, no
 * reference, no link, no HTML, no invisible or direction-changing character, no secret. Such text stands in code spans and fences,
 * where GitHub looks for none of these; only sentences made of harmless characters, and addresses of web pages, stand outside.
 *
 * @see <a href="https://github.github.com/gfm/#code-spans">GitHub Flavored Markdown: code spans, fenced code blocks</a>
 */
public final class Markdown {
    private static final int ADDRESS = 500;

    /** An address as long as this is cut, and its end no character of addresses. */
    private static final int LONGEST_ADDRESS = 2_000;

    private static final int HOST = 100;

    /** Terminal control sequences (ECMA-48): CSI, OSC and two-character ones. Bounded, so time stays linear. */
    private static final Pattern TERMINAL = Pattern.compile(
            "\u001B(\\[[0-?]{0,64}[ -/]{0,16}[@-~]|][^\u0007\u001B]{0,256}(\u0007|\u001B\\\\)|[@-Z\\\\-_])");

    /** Letters, digits and such punctuation as Markdown and GitHub's filters have no use for. */
    private static final Pattern HARMLESS = Pattern.compile("[\\p{L}\\p{N} .,:;()%'\"+–—/-]*");

    /** What GitHub links in plain text: hashes of commits, URLs, GH-1 and keys of other trackers. */
    private static final Pattern LINKED = Pattern.compile("[0-9a-fA-F]{7,}|(?i:www\\.)|://|[A-Za-z0-9]-[0-9]");

    /** A web page: no user before the host, who could pass for one, and only characters of addresses (RFC 3986). */
    private static final Pattern PAGE =
            Pattern.compile("(?i)https?://([a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?)(?::[0-9]{1,5})?"
                    + "(?:[/?#][a-z0-9._~:/?#\\[\\]@!$&'()*+,;=%-]{0,1900})?");

    /** Characters of addresses that Markdown, HTML or GitHub might take for theirs. */
    private static final Pattern ESCAPED = Pattern.compile("[\\[\\]@!$'()*]");

    private static final SecretMask SECRETS = SecretMask.standard();

    /** They choose how the character before them looks, as in many an emoji, and say nothing. */
    private static final int TEXT_STYLE = 0xFE0E;

    private static final int EMOJI_STYLE = 0xFE0F;

    private static final Pattern USER = Pattern.compile("//[^/?#]*@");

    private Markdown() {}

    /** Returns a text as a code span on one line; empty text is shown as such. */
    public static String code(String text, int limit) {
        String line = Cut.marked(oneLine(text), limit);
        if (line.isEmpty()) {
            return "*(empty)*";
        }
        String ticks = "`".repeat(longestRun(line, '`') + 1);
        boolean needsSpace = line.startsWith("`") || line.endsWith("`");
        return needsSpace ? ticks + " " + line + " " + ticks : ticks + line + ticks;
    }

    /** Returns a code span for a cell of a table, where even code must escape the bar between cells. */
    public static String cell(String text, int limit) {
        return code(text, limit).replace("|", "\\|");
    }

    /** Returns a sentence as plain text if nothing in it can take effect, else as a code span. */
    public static String sentence(String text, int limit) {
        String line = Cut.marked(oneLine(text), limit);
        boolean isHarmless = !line.isEmpty()
                && HARMLESS.matcher(line).matches()
                && !LINKED.matcher(line).find();
        return isHarmless ? line : code(text, limit);
    }

    /**
     * Returns a link to a page, which names the host it leads to; an address that is none of a web page ({@code http},
     * {@code https}) is shown as code. What follows the path is left out if it has a parameter that names a secret.
     *
     * @param label what the page is, in words of ours; complete Markdown
     */
    public static String link(String label, String address) {
        String open = withoutSecrets(Cut.marked(address, LONGEST_ADDRESS).strip());
        Matcher page = PAGE.matcher(open);
        if (!page.matches()) {
            return label + " " + code(open, ADDRESS);
        }
        String escaped = ESCAPED.matcher(open)
                .replaceAll(found -> "%"
                        + HexFormat.of().withUpperCase().toHexDigits((byte)
                                found.group().charAt(0)));
        return "[" + label + " at " + code(page.group(1), HOST) + "](<" + escaped + ">)";
    }

    private static String withoutSecrets(String address) {
        String anonymous = USER.matcher(address).replaceAll("//<secret>@");
        List<Span> secrets = SECRETS.find(anonymous);
        if (secrets.isEmpty()) {
            return anonymous;
        }
        int query = anonymous.indexOf('?');
        int fragment = anonymous.indexOf('#');
        int end = query < 0 ? fragment : fragment < 0 ? query : Math.min(query, fragment);
        boolean isBehind = end >= 0 && secrets.get(0).start() > end;
        return isBehind ? anonymous.substring(0, end) : Span.replaceAll(anonymous, secrets);
    }

    /**
     * Returns the first lines of a text as a block of code in a fold.
     *
     * @param summary what it is, in words of ours; plain text
     * @param lines how many lines are shown at most; how many more there are is said
     */
    static String fold(String summary, String text, int lines, int limit) {
        List<String> all =
                clean(text).stripTrailing().lines().dropWhile(String::isBlank).toList();
        int more = Math.max(0, all.size() - lines);
        String shown = String.join("\n", all.subList(0, all.size() - more));
        return "<details>\n<summary>" + summary + "</summary>\n\n" + fence(shown, limit)
                + (more == 0 ? "" : "\n\n… and " + Figures.count(more, "more line") + ".") + "\n\n</details>";
    }

    /** Returns a text as a block of code whose fence is longer than any inside. */
    public static String fence(String text, int limit) {
        String block = Cut.marked(clean(text), limit);
        String ticks = "`".repeat(Math.max(3, longestRun(block, '`') + 1));
        return ticks + "text\n" + block + (block.endsWith("\n") ? "" : "\n") + ticks;
    }

    /**
     * Returns a text for a title, which takes no Markdown: what would notify or link is written with a look-alike that a
     * person reads the same way.
     */
    public static String title(String text, int limit) {
        return Cut.marked(oneLine(text), limit)
                .replace("@", "\uFF20")
                .replace("#", "\uFF03")
                .replaceAll("(?i)\\bGH-(?=[0-9])", "GH\u2011")
                .replace("`", "'");
    }

    /** Masks secrets, makes what cannot be seen visible and takes terminal colours out; lines stay. */
    static String clean(String text) {
        String plain = SECRETS.mask(TERMINAL.matcher(text).replaceAll("").replace("\r\n", "\n"));
        var out = new StringBuilder(plain.length());
        plain.codePoints().forEach(c -> append(c, out));
        return out.toString().replace("<!--", "<! --").replace("-->", "-- >");
    }

    private static void append(int c, StringBuilder out) {
        if (c == '\n' || c == '\t') {
            out.appendCodePoint(c);
            return;
        }
        if (c == TEXT_STYLE || c == EMOJI_STYLE) {
            return;
        }
        if (isBlank(c)) {
            appendNumber(c, out);
            return;
        }
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> appendNumber(c, out);
            default -> out.appendCodePoint(c);
        }
    }

    private static void appendNumber(int c, StringBuilder out) {
        out.append("\\u{")
                .append(HexFormat.of().toHexDigits(c).replaceFirst("^0{1,6}", ""))
                .append('}');
    }

    /**
     * Tells letters and marks that show nothing: those of Unicode's property Default_Ignorable_Code_Point that are neither
     * format characters nor unassigned, and the Braille cell without dots.
     *
     * @see <a href="https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt">Unicode: DerivedCoreProperties</a>
     */
    private static boolean isBlank(int c) {
        return c == 0x034F // combining grapheme joiner
                || c == 0x115F // Hangul fillers
                || c == 0x1160
                || c == 0x3164
                || c == 0xFFA0
                || c == 0x17B4 // inherent vowels of Khmer
                || c == 0x17B5
                || c >= 0x180B && c <= 0x180F // selectors of Mongolian variants
                || c == 0x2800 // Braille
                || c >= 0xFE00 && c <= 0xFE0F // variation selectors
                || c >= 0xE0000 && c <= 0xE0FFF; // tags, more variation selectors
    }

    private static String oneLine(String text) {
        return clean(text).replace('\n', ' ').replace('\t', ' ').strip();
    }

    private static int longestRun(String text, char c) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == c ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /** Returns a severity or state as it stands in a sentence. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
