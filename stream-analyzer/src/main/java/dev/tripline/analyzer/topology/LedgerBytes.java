package dev.tripline.analyzer.topology;

import dev.tripline.analyzer.rate.RateLedger;
import dev.tripline.analyzer.rate.RateLedgerCodec;
import dev.tripline.analyzer.rate.RateWindows;

/** Writes and reads ledgers of rates, and tells those of a newer version from those that are spoiled. */
final class LedgerBytes {
    private static final int OLDEST = 1;

    private final RateLedgerCodec codec;
    private final int newest;

    LedgerBytes(RateWindows windows) {
        codec = new RateLedgerCodec(windows);
        // The layout's version is the codec's own: what it writes is the newest that it knows.
        newest = Byte.toUnsignedInt(codec.write(new RateLedger(windows))[0]);
    }

    byte[] write(RateLedger ledger) {
        return codec.write(ledger);
    }

    /**
     * @throws NewerStateException if a newer Tripline wrote them
     * @throws UnreadableStateException if they are no ledger
     */
    RateLedger read(byte[] bytes) {
        return StateBytes.read("rate ledger", bytes, OLDEST, newest, () -> codec.read(bytes));
    }
}
