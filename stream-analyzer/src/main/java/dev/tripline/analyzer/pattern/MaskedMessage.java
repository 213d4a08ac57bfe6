package dev.tripline.analyzer.pattern;

import dev.tripline.service.secrets.SecretMask;
import dev.tripline.service.secrets.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A message whose secrets are replaced, and where they were.
 *
 * @param text the message without its secrets
 * @param secrets where they were in the message, in order
 */
record MaskedMessage(String text, List<Span> secrets) {

    /** Masks what the library finds. */
    static MaskedMessage of(String message) {
        List<Span> secrets = SecretMask.standard().find(message);
        return new MaskedMessage(Span.replaceAll(message, secrets), secrets);
    }

    /** Returns parts of the text by their places in the message; one that is a secret as a whole tells which. */
    List<Mask> inOriginal(List<Mask> parts) {
        var moved = new ArrayList<Mask>(parts.size());
        int next = 0;
        int shift = 0; // offset in the message less offset in the text, behind the secrets passed so far
        for (Mask part : parts) {
            while (next < secrets.size() && replacementEnd(next, shift) <= part.start()) {
                shift = shiftBehind(next++, shift);
            }
            int start = part.start() + shift;
            if (next < secrets.size() && secrets.get(next).start() < start) {
                start = secrets.get(next).start();
            }
            int last = next;
            int lastShift = shift;
            while (last < secrets.size() && replacementEnd(last, lastShift) <= part.end()) {
                lastShift = shiftBehind(last++, lastShift);
            }
            int end = part.end() + lastShift;
            if (last < secrets.size() && secrets.get(last).start() < end) {
                end = secrets.get(last).end();
            }
            boolean isSecret = last == next + 1
                    && secrets.get(next).start() == start
                    && secrets.get(next).end() == end;
            moved.add(
                    isSecret
                            ? new Mask(
                                    start,
                                    end,
                                    secrets.get(next).kind(),
                                    secrets.get(next).reason())
                            : new Mask(start, end, part.kind(), part.reason()));
        }
        return moved;
    }

    private int replacementEnd(int secret, int shift) {
        Span span = secrets.get(secret);
        return span.start() - shift + span.replacement().length();
    }

    private int shiftBehind(int secret, int shift) {
        Span span = secrets.get(secret);
        return shift + span.end() - span.start() - span.replacement().length();
    }
}
