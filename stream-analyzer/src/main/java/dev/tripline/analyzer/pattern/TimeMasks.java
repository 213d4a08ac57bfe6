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
    private static final List<String> DATES = List.of(
            "dddd-dd-dd",
            "dddd/dd/dd",
            "dd/dd/dddd",
            "dd.dd.dddd",
            "dd/aaa/dddd",
            "dd-aaa-dddd",
            "dd/dd/dd",
            "dddddddd");
    private static final int MOST_PARTS = 8;

    private TimeMasks() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.mask("timestamp", "date, time or both", Chars::isDigit, TimeMasks::numeric),
                Recogniser.mask("timestamp", "date with the name of a day or month", Chars::isUpper, TimeMasks::named));
    }

    private static int numeric(Scan scan, int at) {
        int end = dateEnd(scan, at);
        if (end > 0) {
            int time = scan.at(end) == 'T' || scan.at(end) == ' ' || scan.at(end) == ':' || scan.at(end) == '_'
                    ? timeEnd(scan, end + 1)
                    : Recogniser.UNKNOWN;
            return time > 0 ? time : Chars.isWord(scan.at(end)) ? Recogniser.UNKNOWN : end;
        }
        return timeEnd(scan, at);
    }

    private static int dateEnd(Scan scan, int at) {
        char third = scan.at(at + 2);
        char fifth = scan.at(at + 4);
        if ("-/.".indexOf(third) < 0 && "-/".indexOf(fifth) < 0 && !scan.hasShape(at, "ddddddddTdddddd")) {
            return Recogniser.UNKNOWN;
        }
        for (String shape : DATES) {
            if (scan.hasShape(at, shape)) {
                int end = at + shape.length();
                return Chars.isDigit(scan.at(end)) ? Recogniser.UNKNOWN : end;
            }
        }
        return Recogniser.UNKNOWN;
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
            } else {
                break;
            }
        }
        return number ? end : Recogniser.UNKNOWN;
    }
}
