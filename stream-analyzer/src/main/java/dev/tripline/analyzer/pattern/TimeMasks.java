package dev.tripline.analyzer.pattern;

import java.util.List;

/** Recognises dates and times in the forms of ISO 8601, of logs and of HTTP. */
final class TimeMasks {

    private static final WordSet DAYS_AND_MONTHS = WordSet.of("""
            mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday jan feb mar apr may
            jun jul aug sep sept oct nov dec january february march april june july august september october
            november december
            """);
    private static final WordSet ZONES = WordSet.of("utc gmt cet cest est edt cst cdt mst mdt pst pdt z am pm");
    private static final WordSet MONTHS = WordSet.of("""
            jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august
            september october november december
            """);
    private static final int MOST_PARTS = 8;

    private TimeMasks() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.mask("timestamp", "date, time or both", Chars::isDigit, TimeMasks::numeric),
                Recogniser.mask("timestamp", "date with the name of a day or month", Chars::isUpper, TimeMasks::named));
    }

    private static int numeric(Scan scan, int at) {
        int date = dateEnd(scan, at);
        if (date < 0) {
            date = dayAndMonthEnd(scan, at);
        }
        if (date < 0) {
            int time = timeEnd(scan, at);
            return time > 0 ? zoneEnd(scan, time) : time;
        }
        int time = timeBehindDate(scan, date);
        if (time > 0) {
            return zoneEnd(scan, time);
        }
        return Chars.isWord(scan.at(date)) ? Recogniser.UNKNOWN : date;
    }

    private static int timeBehindDate(Scan scan, int date) {
        char joint = scan.at(date);
        if (joint == ',' && scan.at(date + 1) == ' ') {
            return timeEnd(scan, date + 2);
        }
        if (joint == ' ' && scan.startsWith(date, " at ")) {
            return timeEnd(scan, date + 4);
        }
        if (joint != 'T' && joint != ' ' && joint != ':' && joint != '_' && joint != '-') {
            return Recogniser.UNKNOWN;
        }
        int start = date + 1;
        for (String shape : CLOCKS) {
            if (scan.hasShape(start, shape) && !Chars.isDigit(scan.at(start + shape.length()))) {
                int end = start + shape.length();
                return scan.at(end) == '.' && Chars.isDigit(scan.at(end + 1)) ? scan.endOfDigits(end + 1) : end;
            }
        }
        return timeEnd(scan, start);
    }

    /** Times of files and databases, with a sign in the place of the colon. */
    private static final List<String> CLOCKS = List.of("dd.dd.dd", "dd-dd-dd");

    private static int dateEnd(Scan scan, int at) {
        int first = digitsEnd(scan, at);
        char joint = scan.at(first);
        if (first - at == 8 && joint == 'T' && scan.hasShape(first + 1, "dddd")) {
            return first;
        }
        if ((joint != '-' && joint != '/' && joint != '.') || first - at > 4 || first - at == 3) {
            return Recogniser.UNKNOWN;
        }
        boolean yearFirst = first - at == 4;
        int second = digitsEnd(scan, first + 1);
        boolean named = false;
        if (second == first + 1 && scan.hasShape(first + 1, "aaa") && !yearFirst) {
            second = first + 4;
            named = MONTHS.contains(scan.text(), first + 1, second);
        }
        if ((!named && (second == first + 1 || second - first > 3)) || scan.at(second) != joint) {
            return Recogniser.UNKNOWN;
        }
        int end = digitsEnd(scan, second + 1);
        int last = end - second - 1;
        boolean date = yearFirst
                ? last == 2 && second - first == 3
                : last == 4 || (last == 2 && (named || (joint == '/' && first - at == 2 && second - first == 3)));
        return date
                        && !Chars.isDigit(scan.at(end))
                        && !(joint == '.' && scan.at(end) == '.' && Chars.isDigit(scan.at(end + 1)))
                ? end
                : Recogniser.UNKNOWN;
    }

    private static int digitsEnd(Scan scan, int at) {
        int end = at;
        while (end - at <= 8 && Chars.isDigit(scan.at(end))) {
            end++;
        }
        return end;
    }

    /** {@code 8 May 2026}: a day, the name of its month, and a year or a time. */
    private static int dayAndMonthEnd(Scan scan, int at) {
        int day = scan.wordEnd();
        if (day - at > 2 || scan.at(day) != ' ' || !Chars.isUpper(scan.at(day + 1))) {
            return Recogniser.UNKNOWN;
        }
        int month = scan.endOfShortWord(day + 1);
        if (!MONTHS.contains(scan.text(), day + 1, month)) {
            return Recogniser.UNKNOWN;
        }
        int year = scan.at(month) == ',' ? month + 2 : month + 1;
        if (scan.hasShape(year, "dddd") && !Chars.isWord(scan.at(year + 4))) {
            return year + 4;
        }
        return timeEnd(scan, month + 1) > 0 ? month : Recogniser.UNKNOWN;
    }

    /** Returns the end of {@code AM} or {@code PM}, of a zone and of its region behind a time, or the offset itself. */
    private static int zoneEnd(Scan scan, int at) {
        int end = at;
        if (scan.at(end) == '[') {
            int region = end + 1;
            while (region - end < 40 && (Chars.isWord(scan.at(region)) || "/_+-".indexOf(scan.at(region)) >= 0)) {
                region++;
            }
            return region - end > 2 && scan.at(region) == ']' ? region + 1 : end;
        }
        for (int part = 0; part < 2; part++) {
            int word = scan.at(end) == ' ' ? end + 1 : end;
            if (!Chars.isLetter(scan.at(word))) {
                return end;
            }
            int wordEnd = scan.endOfShortWord(word);
            if (!ZONES.contains(scan.text(), word, wordEnd)) {
                return end;
            }
            // Small letters may be words: "at 12:30 am Main".
            if (!Chars.isUpper(scan.at(word)) && wordEnd - word != 2) {
                return end;
            }
            end = wordEnd;
            if ((scan.at(end) == '+' || scan.at(end) == '-') && scan.hasShape(end + 1, "dddd")) {
                return end + 5;
            }
        }
        return end;
    }

    /** Times have two colons, or one and a fraction or zone; hours may have one digit. */
    private static int timeEnd(Scan scan, int at) {
        int minutes = scan.at(at + 1) == ':' ? at + 2 : at + 3;
        if (scan.hasShape(at, "dddddd") && scan.at(at - 1) == 'T') {
            return fractionAndZone(scan, at + 6);
        }
        if ((!scan.hasShape(at, "d:dd") && !scan.hasShape(at, "dd:dd")) || Chars.isWord(scan.at(minutes + 2))) {
            return Recogniser.UNKNOWN;
        }
        int end = minutes + 2;
        boolean seconds = (scan.hasShape(end, ":dd") && !Chars.isWord(scan.at(end + 3))) || scan.hasShape(end, ":ddZ");
        return seconds ? fractionAndZone(scan, end + 3) : end;
    }

    private static int fractionAndZone(Scan scan, int at) {
        int end = at;
        if ((scan.at(end) == '.' || scan.at(end) == ',') && Chars.isDigit(scan.at(end + 1))) {
            end = scan.endOfDigits(end + 1);
        }
        if (scan.at(end) == 'Z' && !Chars.isWord(scan.at(end + 1))) {
            return end + 1;
        }
        int zone = scan.at(end) == ' ' ? end + 1 : end;
        if (scan.at(zone) == '+' || scan.at(zone) == '-') {
            end = scan.hasShape(zone + 1, "dd:dd") ? zone + 6 : scan.hasShape(zone + 1, "dddd") ? zone + 5 : end;
        }
        return end;
    }

    private static int named(Scan scan, int at) {
        if (scan.wordLength() > 9 || scan.digits() > 0 || !scan.isWordIn(DAYS_AND_MONTHS)) {
            return Recogniser.UNKNOWN;
        }
        int end = scan.wordEnd();
        boolean number = false;
        for (int part = 0; part < MOST_PARTS; part++) {
            int next = end;
            next += scan.at(next) == ',' ? 1 : 0;
            for (int blanks = 0; blanks < 2 && scan.at(next) == ' '; blanks++) {
                next++;
            }
            if (next == end) {
                break;
            }
            int time = timeEnd(scan, next);
            if (time < 0 && Chars.isDigit(scan.at(next))) {
                int date = dateEnd(scan, next);
                if (date > 0) {
                    end = date;
                    number = true;
                    continue;
                }
            }
            int word = scan.endOfShortWord(next);
            boolean digits = word > next && word - next <= 4 && scan.hasShape(next, "dddd".substring(0, word - next));
            if (time > 0) {
                end = time;
                number = true;
            } else if (digits) {
                end = word;
                number = true;
            } else if (word > next
                    && (DAYS_AND_MONTHS.contains(scan.text(), next, word)
                            || (number && ZONES.contains(scan.text(), next, word)))) {
                end = word;
                if ((scan.at(end) == '+' || scan.at(end) == '-') && scan.hasShape(end + 1, "dddd")) {
                    end += 5;
                }
            } else {
                break;
            }
        }
        return number ? end : Recogniser.UNKNOWN;
    }
}
