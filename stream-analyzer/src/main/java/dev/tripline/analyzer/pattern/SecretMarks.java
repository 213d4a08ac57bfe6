package dev.tripline.analyzer.pattern;

import dev.tripline.service.secrets.SecretMask;

/** Recognises what stands in the place of a secret, whoever put it there. */
final class SecretMarks implements Recogniser {

    private static final int BEFORE_KIND = "<masked:".length();

    @Override
    public boolean startsWith(char first) {
        return first == '<';
    }

    @Override
    public int claim(Scan scan, int at, Claims claims) {
        int end = SecretMask.replacementEnd(scan.text(), at);
        if (end < 0 || end > scan.to()) {
            return UNKNOWN;
        }
        claims.secret(at, end, scan.text().substring(at + BEFORE_KIND, end - 1), "secret masked where it was read");
        return end;
    }
}
