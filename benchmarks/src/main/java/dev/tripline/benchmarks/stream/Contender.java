package dev.tripline.benchmarks.stream;

/** What reads the same outcomes. */
enum Contender {
    /** A consumer that decodes each outcome and forgets it: the least that anyone must do. */
    DECODE("decode only"),
    /** The per-test stage of Tripline: counts once, rates of tests, decision inputs. */
    STAGE("Tripline, per-test stage"),
    /** All of the analyzer. */
    TRIPLINE("Tripline, all of it"),
    /** Hopping windows of Kafka Streams' DSL with the rates of tests, and nothing else. */
    HOPPING("Kafka Streams hopping windows");

    private final String label;

    Contender(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
