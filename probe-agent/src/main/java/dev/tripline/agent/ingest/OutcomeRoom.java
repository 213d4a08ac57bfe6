package dev.tripline.agent.ingest;

/**
 * How much memory may hold outcomes of reports from their first reading on, so that there need be no second; what does not fit
 * is read again. Shared by the reports of one call. For one thread.
 */
final class OutcomeRoom {
    /** An eighth of the heap: what else a large report needs (numbers for each test, buffers) takes less than the rest. */
    private static final int PART_OF_HEAP = 8;

    private long free;

    /**
     * Sets the room.
     *
     * @param bytes estimated bytes of all outcomes that are held; 0 or more, 0 holds none
     */
    OutcomeRoom(long bytes) {
        this.free = bytes;
    }

    /** For a process that does nothing else meanwhile. */
    static OutcomeRoom ofHeap() {
        return new OutcomeRoom(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** For a process that reads several reports at once, or has other things to hold. */
    static OutcomeRoom none() {
        return new OutcomeRoom(0);
    }

    /** Returns how many bytes are left; 0 or more. */
    long free() {
        return free;
    }

    /** Takes a part of what is left. */
    void take(long bytes) {
        free -= Math.min(free, bytes);
    }
}
