package dev.tripline.analyzer.pattern;

import java.util.List;

/** Recognises numbers and amounts that carry no meaning of their own. */
final class NumberMasks {

    private static final WordSet UNITS = WordSet.of("""
            ns us \u00b5s \u03bcs ms s sec secs second seconds msec msecs millis milliseconds millisecond microseconds
            microsecond nanoseconds nanosecond min mins minute minutes h hr hrs hour hours d day days week weeks month
            months year years b byte bytes kb mb gb tb pb kib mib gib tib kbytes mbytes kbit mbit gbit percent
            """);

    /** A quantity of one of these is often told in two: hours and minutes. */
    private static final WordSet SPANS = WordSet.of("""
            ms s sec secs second seconds millis milliseconds min mins minute minutes h hr hrs hour hours d day days week weeks
            month months year years
            """);

    private static final WordSet PER = WordSet.of("s sec second min minute h hour day");
    private static final WordSet AND = WordSet.of("and");
    private static final WordSet CURRENCIES = WordSet.of("""
            usd eur gbp jpy chf cny inr cad aud sek nok dkk pln czk brl mxn
            """);

    /** What stands behind the numbers of a version. */
    private static final WordSet QUALIFIERS = WordSet.of("""
            snapshot release final ga rc alpha beta dev pre preview post build jre jdk m milestone sp hotfix lts
            """);

    private static final int MOST_PARTS = 6;

    private NumberMasks() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.mask(
                        "duration",
                        "ISO 8601 duration",
                        c -> c == 'P',
                        Recogniser.Need.DIGIT,
                        NumberMasks::isoDuration),
                Recogniser.mask(
                        "version", "version", c -> c == 'v' || c == 'V', Recogniser.Need.DIGIT, NumberMasks::version),
                Recogniser.mask("money", "amount of money", Chars::isUpper, NumberMasks::codedMoney),
                Recogniser.mask("money", "amount of money", c -> isCurrency(c) || c == OTHER_SIGN, NumberMasks::money),
                Recogniser.mask(
                        "number", "a bounded quantity", c -> isBound(c) || c == OTHER_SIGN, NumberMasks::bounded),
                Recogniser.mask(
                        "number",
                        "a count or an amount",
                        c -> Chars.isDigit(c) || c == '-' || c == '+' || c == '.',
                        NumberMasks::number),
                new Recogniser() {
                    @Override
                    public boolean startsWith(char first) {
                        return Chars.isLetter(first) || first == '_';
                    }

                    @Override
                    public Need need() {
                        return Need.DIGIT;
                    }

                    @Override
                    public int claim(Scan scan, int at, Claims claims) {
                        return maskDigits(scan, at, claims);
                    }
                });
    }

    /** Stands for all signs beyond ASCII where recognisers are sorted by what they begin with. */
    private static final char OTHER_SIGN = '\u2022';

    private static int isoDuration(Scan scan, int at) {
        int end = at + 1;
        int parts = 0;
        boolean time = false;
        while (parts < 8) {
            if (scan.at(end) == 'T' && !time) {
                time = true;
                end++;
            }
            int digits = end;
            while (digits - end < 10 && Chars.isDigit(scan.at(digits))) {
                digits++;
            }
            if (digits > end && scan.at(digits) == '.' && Chars.isDigit(scan.at(digits + 1))) {
                digits = scan.endOfDigits(digits + 1);
            }
            if (digits == end || "YMWDHS".indexOf(scan.at(digits)) < 0) {
                break;
            }
            end = digits + 1;
            parts++;
        }
        return parts > 0 && !Chars.isWord(scan.at(end)) ? end : Recogniser.UNKNOWN;
    }

    /** {@code v1.2}; {@code v1} alone names an interface. */
    private static int version(Scan scan, int at) {
        int end = scan.wordEnd();
        boolean release = scan.letters() == 1
                && scan.digits() == end - at - 1
                && end > at + 1
                && scan.at(end) == '.'
                && Chars.isDigit(scan.at(end + 1));
        return release ? quantity(scan, at, end) : Recogniser.UNKNOWN;
    }

    private static int codedMoney(Scan scan, int at) {
        if (scan.wordLength() != 3 || scan.at(at + 3) != ' ' || !scan.isWordIn(CURRENCIES)) {
            return Recogniser.UNKNOWN;
        }
        int amount = scan.at(at + 4) == '-' ? at + 5 : at + 4;
        return Chars.isDigit(scan.at(amount)) ? numberEnd(scan, scan.endOfWord(amount)) : Recogniser.UNKNOWN;
    }

    private static int money(Scan scan, int at) {
        boolean amount = isCurrency(scan.at(at))
                && Chars.isDigit(scan.at(at + 1))
                && !Chars.isWord(scan.at(at - 1))
                && scan.at(at - 1) != '$';
        return amount ? quantity(scan, at, scan.endOfWord(at + 1)) : Recogniser.UNKNOWN;
    }

    /** {@code <1 ms} and {@code ~5s} say no more than {@code 17 ms}; a comparison has something before the sign. */
    private static int bounded(Scan scan, int at) {
        if (!isBound(scan.at(at))) {
            return Recogniser.UNKNOWN;
        }
        int digit = scan.at(at + 1) == ' ' ? at + 2 : at + 1;
        int before = scan.at(at - 1) == ' ' ? at - 2 : at - 1;
        char last = scan.at(before);
        boolean told = Chars.isLetter(last) || last == Scan.END || "([=:,'\"".indexOf(last) >= 0;
        if (!told || !Chars.isDigit(scan.at(digit)) || scan.isAssertion()) {
            return Recogniser.UNKNOWN;
        }
        int plain = numberEnd(scan, scan.endOfWord(digit));
        boolean hasUnit = unitEnd(scan, plain) > plain || Chars.isLetter(scan.at(plain - 1));
        return hasUnit ? quantity(scan, at, plain) : Recogniser.UNKNOWN;
    }

    private static int number(Scan scan, int at) {
        int start = at;
        char c = scan.at(at);
        if (c == '-' || c == '+' || c == '.') {
            char before = scan.at(at - 1);
            if ((Chars.isWord(before) && before != '_')
                    || before == ')'
                    || before == '>'
                    || before == '.'
                    || before == '-') {
                return Recogniser.UNKNOWN;
            }
            start++;
            start += c != '.' && (scan.at(start) == '.' || isCurrency(scan.at(start))) ? 1 : 0;
        }
        if (!Chars.isDigit(scan.at(start))) {
            return Recogniser.UNKNOWN;
        }
        return quantity(scan, start, start == at ? scan.wordEnd() : scan.endOfWord(start));
    }

    /** Returns the end of a number that begins at an offset and whose first digits end at another, with what belongs to it. */
    private static int quantity(Scan scan, int at, int wordEnd) {
        int end = numberEnd(scan, wordEnd);
        boolean version = end > wordEnd;
        int unitEnd = unitEnd(scan, end);
        if (unitEnd == end) {
            return version ? versionEnd(scan, end) : spanEnd(scan, end, endsInSpan(scan, at, end));
        }
        int doubled = toldAgainEnd(scan, unitEnd);
        int unit = scan.at(end) == ' ' ? end + 1 : end;
        return doubled > unitEnd ? doubled : spanEnd(scan, unitEnd, SPANS.contains(scan.text(), unit, unitEnd));
    }

    /** Returns the end of the digits and letters behind dots and commas, and of an exponent with a sign. */
    private static int numberEnd(Scan scan, int wordEnd) {
        int end = wordEnd;
        while (isInner(scan.at(end)) && Chars.isDigit(scan.at(end + 1))) {
            end = scan.endOfWord(end + 1);
        }
        boolean exponent = (scan.at(end - 1) == 'e' || scan.at(end - 1) == 'E')
                && (scan.at(end) == '-' || scan.at(end) == '+')
                && Chars.isDigit(scan.at(end - 2))
                && Chars.isDigit(scan.at(end + 1));
        return exponent ? scan.endOfWord(end + 1) : end;
    }

    /** Tells whether a number has its unit at once behind it, as in {@code 5m}. */
    private static boolean endsInSpan(Scan scan, int at, int end) {
        int unit = end;
        while (unit > at && end - unit < 4 && Chars.isLetter(scan.at(unit - 1))) {
            unit--;
        }
        return unit < end && SPANS.contains(scan.text(), unit, end);
    }

    /** Returns the end of the unit, percent sign or currency behind a number, or the offset itself. */
    private static int unitEnd(Scan scan, int at) {
        char next = scan.at(at);
        if (next == '%') {
            return at + 1;
        }
        if (next == '/') {
            return perEnd(scan, at);
        }
        if (next != ' ') {
            return isCurrency(next) ? at + 1 : at;
        }
        char sign = scan.at(at + 1);
        if (sign == '%' || isCurrency(sign)) {
            return Chars.isWord(scan.at(at + 2)) ? at : at + 2;
        }
        if (!Chars.isLetter(sign)) {
            return at;
        }
        int end = scan.endOfShortWord(at + 1);
        boolean unit = UNITS.contains(scan.text(), at + 1, end)
                || (end == at + 4 && Chars.isUpper(sign) && CURRENCIES.contains(scan.text(), at + 1, end));
        return unit ? perEnd(scan, end) : at;
    }

    private static int perEnd(Scan scan, int at) {
        int end = scan.at(at) == '/' ? scan.endOfShortWord(at + 1) : at;
        return end > at && PER.contains(scan.text(), at + 1, end) ? end : at;
    }

    /** Returns the end of the same quantity in another unit, in parentheses, as in {@code 4096 bytes (4.00 KB)}. */
    private static int toldAgainEnd(Scan scan, int at) {
        if (scan.at(at) != ' ' || scan.at(at + 1) != '(' || !Chars.isDigit(scan.at(at + 2))) {
            return at;
        }
        int number = numberEnd(scan, scan.endOfWord(at + 2));
        int end = unitEnd(scan, number);
        boolean quantity = end > number || Chars.isLetter(scan.at(number - 1));
        return quantity && scan.at(end) == ')' ? end + 1 : at;
    }

    /** Returns the end of the smaller parts of a span of time: {@code 2 hours and 3 minutes}, {@code 3 days, 2:03:04}. */
    private static int spanEnd(Scan scan, int at, boolean isSpan) {
        int end = at;
        for (int part = 0; isSpan && part < MOST_PARTS; part++) {
            int next = end;
            next += scan.at(next) == ',' ? 1 : 0;
            next += scan.at(next) == ' ' ? 1 : 0;
            if (scan.at(next) == 'a'
                    && AND.contains(scan.text(), next, scan.endOfShortWord(next))
                    && scan.at(next + 3) == ' ') {
                next += 4;
            }
            if (next == end || !Chars.isDigit(scan.at(next))) {
                return end;
            }
            int number = numberEnd(scan, scan.endOfWord(next));
            if (scan.at(number) == ':') {
                int clock = number;
                while (clock - number < 6 && scan.hasShape(clock, ":dd")) {
                    clock += 3;
                }
                return clock > number ? clock : end;
            }
            int unitEnd = unitEnd(scan, number);
            boolean span = unitEnd > number
                    ? SPANS.contains(scan.text(), number + 1, unitEnd)
                    : endsInSpan(scan, next, number);
            if (!span) {
                return end;
            }
            end = unitEnd;
        }
        return end;
    }

    /** Returns the end of what stands behind the numbers of a version: {@code -rc.1}, {@code +build.5}, {@code .RELEASE}. */
    private static int versionEnd(Scan scan, int at) {
        int end = at;
        for (int part = 0; part < MOST_PARTS; part++) {
            char joint = scan.at(end);
            if (joint != '-' && joint != '.' && joint != '+') {
                return end;
            }
            int word = end + 1;
            int wordEnd = scan.endOfShortWord(word);
            int letters = word;
            while (letters < wordEnd && Chars.isLetter(scan.at(letters))) {
                letters++;
            }
            boolean qualifier = QUALIFIERS.contains(scan.text(), word, letters);
            boolean build = joint == '+' || (end > at && Chars.isDigit(scan.at(word)));
            if (wordEnd == word || (!qualifier && !build)) {
                return end;
            }
            end = wordEnd;
        }
        return end;
    }

    private static boolean isCurrency(char c) {
        return c == '$' || (c > 127 && (c == '\u00a3' || c == '\u00a5' || c == '\u20ac' || c == '\u20b9'));
    }

    private static boolean isBound(char c) {
        return c == '<' || c == '>' || c == '~' || c == '\u2248' || c == '\u2264' || c == '\u2265';
    }

    private static boolean isInner(char c) {
        return c == '.' || c == ',';
    }

    /** Masks a last part of one or two letters and digits, such as {@code A8} or {@code Cluster_A8}, as a whole. */
    private static boolean maskLabel(Scan scan, int at, Claims claims) {
        int end = scan.wordEnd();
        int start = end;
        while (start > at && end - start <= LONGEST_LABEL && scan.at(start - 1) != '_') {
            start--;
        }
        int letters = start;
        while (letters < end && Chars.isLetter(scan.at(letters))) {
            letters++;
        }
        int digits = letters;
        while (digits < end && Chars.isDigit(scan.at(digits))) {
            digits++;
        }
        boolean label = digits == end
                && digits > letters
                && letters > start
                && letters - start <= 2
                && (start == at || scan.at(start - 1) == '_');
        if (label) {
            claims.mask(start, end, "id", "label of letters and digits");
        }
        return label;
    }

    private static final int LONGEST_LABEL = 8;

    /** Masks the digits of a name such as {@code worker12} or {@code attempt_144_0020_m_0001}. */
    private static int maskDigits(Scan scan, int at, Claims claims) {
        if (scan.digits() == 0) {
            return Recogniser.UNKNOWN;
        }
        int end = scan.wordEnd();
        int digit = at;
        while (!Chars.isDigit(scan.at(digit))) {
            digit++;
        }
        if (scan.isUnderscored() && scan.at(digit - 1) == '_') {
            // Behind the first part that is a number only parts of an id follow, up to the last digit.
            int last = end;
            while (!Chars.isDigit(scan.at(last - 1))) {
                last--;
            }
            claims.mask(digit, last, "id", "numbered name");
            return end;
        }
        if (maskLabel(scan, at, claims)) {
            return end;
        }
        while (digit < end) {
            int digitsEnd = digit;
            while (digitsEnd < end && Chars.isDigit(scan.at(digitsEnd))) {
                digitsEnd++;
            }
            // A single digit between letters belongs to a name: Http2Stream, log4j.
            boolean inner = digitsEnd - digit == 1
                    && digitsEnd < end
                    && Chars.isLetter(scan.at(digitsEnd))
                    && scan.letters() > 4;
            if (!inner) {
                claims.mask(digit, digitsEnd, "number", "digits in a name");
            }
            digit = digitsEnd;
            while (digit < end && !Chars.isDigit(scan.at(digit))) {
                digit++;
            }
        }
        return end;
    }
}
