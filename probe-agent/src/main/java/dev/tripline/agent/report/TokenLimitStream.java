package dev.tripline.agent.report;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses a document whose single tag, comment or attribute is so long that the parser would fill the memory with it. XML
 * parsers hand out long text in pieces, but hold a tag as a whole.
 */
final class TokenLimitStream extends FilterInputStream {
    private static final int NOTHING_YET = -1;

    private final long limit;
    private long sinceToken;
    private int first = NOTHING_YET;
    private boolean ended;

    /**
     * Wraps the bytes of a document.
     *
     * @param limit most bytes the parser may ask for without handing anything out
     */
    TokenLimitStream(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    /** Says that the parser handed something out. */
    void tokenRead() {
        sinceToken = 0;
    }

    /** Tells whether the parser asked for more than there was. */
    boolean hasEnded() {
        return ended;
    }

    /** Tells whether there were only blanks. */
    boolean isBlank() {
        return first == NOTHING_YET;
    }

    /** Tells whether the first character is one that XML begins with. */
    boolean beginsLikeXml() {
        return first == '<';
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        ended |= read < 0;
        if (read >= 0) {
            keepFirst((byte) read);
        }
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        ended |= read < 0;
        for (int i = 0; i < read && first == NOTHING_YET; i++) {
            keepFirst(bytes[offset + i]);
        }
        count(Math.max(0, read));
        return read;
    }

    /** Leaves the bytes open for whoever opened them: the parser closes what it has read to the end. */
    @Override
    public void close() {}

    /** Keeps the first byte that is neither a blank nor part of a byte order mark or of a character of two bytes. */
    private void keepFirst(byte read) {
        int value = read & 0xff;
        boolean mark = value == 0xef || value == 0xbb || value == 0xbf || value == 0xfe || value == 0xff;
        if (first == NOTHING_YET && value > ' ' && !mark) {
            first = value;
        }
    }

    private void count(int bytes) throws TokenTooLongException {
        sinceToken += bytes;
        if (sinceToken > limit) {
            throw new TokenTooLongException(
                    "a single tag, attribute or comment must be shorter than " + limit + " bytes");
        }
    }

    /** The document holds a token that is too long. */
    static final class TokenTooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TokenTooLongException(String message) {
            super(message);
        }
    }
}
