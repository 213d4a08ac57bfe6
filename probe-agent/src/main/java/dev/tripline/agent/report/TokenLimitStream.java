package dev.tripline.agent.report;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Refuses a document whose single tag, comment or attribute is so long that the parser would fill the memory with it. XML
 * parsers hand out long text in pieces, but hold a tag as a whole.
 */
final class TokenLimitStream extends FilterInputStream {
    private final long limit;
    private long sinceToken;

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

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    /** Leaves the bytes open for whoever opened them: the parser closes what it has read to the end. */
    @Override
    public void close() {}

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
