package dev.tripline.agent.report;

import dev.tripline.agent.report.BrokenReportException.Fault;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of a UTF-8 file, one at a time, none longer than 16 MiB; blank ones are passed over but counted. */
final class TextLines {
    private static final int MOST_BYTES = 16 << 20;

    private final InputStream bytes;
    private final String name;
    private int number;
    private boolean ended;

    TextLines(InputStream bytes, String name) {
        this.bytes = new BufferedInputStream(bytes, 1 << 16);
        this.name = name;
    }

    /** Returns the number of the line that was read last, from 1. */
    int number() {
        return number;
    }

    /** Tells whether the line that was read last ended with the file, not with a line break. */
    boolean endedWithTheFile() {
        return ended;
    }

    /**
     * Returns the next line that is not blank; null at the end.
     *
     * @throws BrokenReportException if it is too long or not UTF-8
     */
    @Nullable
    String next() throws BrokenReportException, IOException {
        for (byte[] line = nextBytes(); line != null; line = nextBytes()) {
            String text = decode(line);
            if (!text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    private byte @Nullable [] nextBytes() throws BrokenReportException, IOException {
        int next = bytes.read();
        if (next < 0) {
            return null;
        }
        number++;
        var line = new ByteArrayOutputStream(256);
        for (; next >= 0 && next != '\n'; next = bytes.read()) {
            if (line.size() >= MOST_BYTES) {
                throw new BrokenReportException(
                        name, number, 0, "a line must be shorter than " + MOST_BYTES + " bytes");
            }
            line.write(next);
        }
        ended = next < 0;
        return line.toByteArray();
    }

    private String decode(byte[] line) throws BrokenReportException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
            return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new BrokenReportException(name, number, 0, "not UTF-8", ended ? Fault.BREAKS_OFF : Fault.INVALID);
        }
    }
}
