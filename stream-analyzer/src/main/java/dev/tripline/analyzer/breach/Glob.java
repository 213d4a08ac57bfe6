package dev.tripline.analyzer.breach;

/**
 * Pattern of a name: {@code *} stands for any characters, {@code ?} for one; all others stand for themselves.
 *
 * @param text not empty
 */
public record Glob(String text) {
    /** Matches every name. */
    public static final Glob ANY = new Glob("*");

    /** Tells whether a name matches; takes time proportional to the product of both lengths at worst. */
    public boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int retry = 0;
        while (in < name.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                retry = in;
            } else if (at < text.length() && (text.charAt(at) == '?' || text.charAt(at) == name.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++retry;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }

    /** Tells whether it is a plain name that only matches itself. */
    public boolean isLiteral() {
        return text.indexOf('*') < 0 && text.indexOf('?') < 0;
    }
}
