package dev.tripline.analyzer.pattern;

import java.util.List;

/** Recognises numbers and amounts that carry no meaning of their own. */
final class NumberMasks {

    private static final WordSet UNITS = WordSet.of("""
            ns us ms s sec secs second seconds msec msecs millis milliseconds millisecond microseconds microsecond
            nanoseconds nanosecond min mins minute minutes h hr hrs hour hours d day days week weeks b byte bytes kb
            mb gb tb kib mib gib tib kbytes mbytes percent
            """);

    private NumberMasks() {}

    static List<Recogniser> recognisers() {
        return List.of(
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
            start += c != '.' && scan.at(start) == '.' ? 1 : 0;
        }
        if (!Chars.isDigit(scan.at(start))) {
            return Recogniser.UNKNOWN;
        }
        int end = start == at ? scan.wordEnd() : scan.endOfWord(start);
        while (isInner(scan.at(end)) && Chars.isDigit(scan.at(end + 1))) {
            end = scan.endOfWord(end + 1);
        }
        if (scan.at(end) == '%') {
            return end + 1;
        }
        int unit = scan.at(end) == ' ' ? end + 1 : end;
        int unitEnd = unit > end ? scan.endOfShortWord(unit) : end;
        return unitEnd > unit && UNITS.contains(scan.text(), unit, unitEnd) ? unitEnd : end;
    }

    private static boolean isInner(char c) {
        return c == '.' || c == ',';
    }

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
