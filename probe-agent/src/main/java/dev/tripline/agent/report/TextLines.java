package dev.tripline.agent.report;

import dev.tripline.agent.report.BrokenReportException.Fault;
import dev.tripline.agent.report.PassedOver.Reason;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a UTF-8 file, one at a time, none longer than 16 MiB; blank ones are passed over but counted. Bytes that are no UTF-8
 * refuse the file or are read as U+FFFD, as the caller wishes.
 */
final class TextLines {
    private static final int MOST_BYTES = 16 << 20;

    private final InputStream bytes;
    private final String name;
    private final @Nullable Consumer<PassedOver> passedOver;
    private int number;
    private boolean ended;

    /** Takes a file in which every byte must be UTF-8. */
    TextLines(InputStream bytes, String name) {
        this(bytes, name, null);
    }

    /**
     * Takes a file into which tests may print.
     *
     * @param passedOver is told of each line with bytes that are no UTF-8; null refuses the file
     */
    TextLines(InputStream bytes, String name, @Nullable Consumer<PassedOver> passedOver) {
        this.passedOver = passedOver;
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
        var bytesOfLine = ByteBuffer.wrap(line);
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytesOfLine).toString();
        } catch (CharacterCodingException e) {
            if (passedOver == null) {
                throw new BrokenReportException(name, number, 0, "not UTF-8", ended ? Fault.BREAKS_OFF : Fault.INVALID);
            }
            String first = "0x" + HexFormat.of().toHexDigits(line[bytesOfLine.position()]);
            passedOver.accept(new PassedOver(number, "byte", Reason.NO_CHARACTER, first));
            text = new String(line, StandardCharsets.UTF_8);
        }
        return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
