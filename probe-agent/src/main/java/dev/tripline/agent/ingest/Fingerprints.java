package dev.tripline.agent.ingest;

/**
 * Numbers by fingerprint, in about 24 bytes each: a report of a gigabyte has millions of tests. Many small tables, of which one
 * grows at a time, need no large piece of memory beside the one they have. The first ten bits of a fingerprint tell the table:
 * those that are asked for one after the other are found sooner where they have most of these bits in common. For one thread.
 */
final class Fingerprints {
    private static final int TABLES = 1 << 10;
    private static final int FIRST_ENTRIES = 4;

    /** Marks a free entry; the fingerprint that has this value is kept as its neighbour. */
    private static final long FREE = 0;

    private final long absent;
    private final long[][] tables = new long[TABLES][];
    private final int[] used = new int[TABLES];

    /** Takes each fingerprint and its number. */
    interface Each {
        void accept(long fingerprint, long number);
    }

    /**
     * Starts with none.
     *
     * @param absent number of a fingerprint that was not put
     */
    Fingerprints(long absent) {
        this.absent = absent;
    }

    /** Returns the number of a fingerprint. */
    long get(long fingerprint) {
        long mixed = mixed(fingerprint);
        long[] table = tables[tableOf(fingerprint)];
        if (table == null) {
            return absent;
        }
        int at = placeOf(table, mixed);
        return table[at] == FREE ? absent : table[at + 1];
    }

    /** Adds to the number of a fingerprint, from what it has while it is absent, and returns the sum. */
    long add(long fingerprint, long number) {
        int which = tableOf(fingerprint);
        int at = entryOf(which, mixed(fingerprint));
        tables[which][at + 1] += number;
        return tables[which][at + 1];
    }

    /** Returns the number of a fingerprint, and puts another in its place where that is greater or there was none. */
    long raise(long fingerprint, long number) {
        int which = tableOf(fingerprint);
        int at = entryOf(which, mixed(fingerprint));
        long before = tables[which][at + 1];
        if (before == absent || number > before) {
            tables[which][at + 1] = number;
        }
        return before;
    }

    /** Hands out all, in no order; what is handed out can be put into another of these. */
    void forEach(Each each) {
        for (long[] table : tables) {
            for (int at = 0; table != null && at < table.length; at += 2) {
                if (table[at] != FREE) {
                    each.accept(unmixed(table[at]), table[at + 1]);
                }
            }
        }
    }

    /** Returns where a fingerprint stands in a table, after giving it an entry if it had none. */
    private int entryOf(int which, long mixed) {
        long[] table = tables[which];
        if (table == null) {
            table = new long[2 * FIRST_ENTRIES];
            tables[which] = table;
        }
        int at = placeOf(table, mixed);
        if (table[at] != FREE) {
            return at;
        }
        used[which]++;
        if (used[which] * 2 > table.length / 2 + table.length / 4) {
            table = grown(table);
            tables[which] = table;
            at = placeOf(table, mixed);
        }
        table[at] = mixed;
        table[at + 1] = absent;
        return at;
    }

    /** A table and a half: three quarters of it are in use at most, a half at least. */
    private static long[] grown(long[] table) {
        var larger = new long[table.length / 2 * 3 & ~1];
        for (int at = 0; at < table.length; at += 2) {
            if (table[at] != FREE) {
                int place = placeOf(larger, table[at]);
                larger[place] = table[at];
                larger[place + 1] = table[at + 1];
            }
        }
        return larger;
    }

    /** Returns where a fingerprint stands, or the free entry where it would. */
    private static int placeOf(long[] table, long mixed) {
        int entries = table.length / 2;
        int at = (int) (((mixed & 0xffffffffL) * entries) >>> 32) * 2;
        while (table[at] != FREE && table[at] != mixed) {
            at += 2;
            at = at == table.length ? 0 : at;
        }
        return at;
    }

    private static int tableOf(long fingerprint) {
        return (int) (fingerprint >>> 54);
    }

    /** Spreads all bits over all; each number has one image, so that it can be taken back. */
    private static long mixed(long fingerprint) {
        long bits = fingerprint;
        bits = (bits ^ (bits >>> 32)) * SPREAD;
        bits ^= bits >>> 32;
        return bits == FREE ? 1 : bits;
    }

    private static long unmixed(long mixed) {
        long bits = mixed ^ (mixed >>> 32);
        bits *= GATHER;
        return bits ^ (bits >>> 32);
    }

    /** An odd number near 2^64 divided by the golden ratio, and its inverse modulo 2^64. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private static final long GATHER = 0xf1de83e19937733dL;
}
