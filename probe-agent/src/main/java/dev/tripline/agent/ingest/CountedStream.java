package dev.tripline.agent.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes were read, each time some are. */
final class CountedStream extends FilterInputStream {
    private final LongConsumer counted;

    CountedStream(InputStream in, LongConsumer counted) {
        super(in);
        this.counted = counted;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        counted.accept(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        counted.accept(Math.max(0, read));
        return read;
    }

    @Override
    public boolean markSupported() {
        return false; // what is read again would count again
    }
}
