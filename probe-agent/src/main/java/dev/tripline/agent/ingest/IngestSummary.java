package dev.tripline.agent.ingest;

import java.util.List;

/**
 * What was published, and what could not be read.
 *
 * @param outcomes outcomes published
 * @param suiteRuns suite runs that outcomes were published of
 * @param files reports published
 * @param broken one line for each report that could not be read, naming file, place and reason; in the files' order
 * @param empty one line for each file from which nothing was read, naming the file and what it is
 * @param cutShort one line for each report of which only the beginning could be read, naming file, place and reason
 * @param putAside one line for each file and reason for which the analysis will put outcomes aside
 * @param warnings one line for each kind of detail in each file that counts as not given
 */
public record IngestSummary(
        long outcomes,
        long suiteRuns,
        int files,
        List<String> broken,
        List<String> empty,
        List<String> cutShort,
        List<String> putAside,
        List<String> warnings) {
    public IngestSummary {
        broken = List.copyOf(broken);
        empty = List.copyOf(empty);
        cutShort = List.copyOf(cutShort);
        putAside = List.copyOf(putAside);
        warnings = List.copyOf(warnings);
    }

    /** Returns it as a sentence: {@code published 36 outcomes of 3 suite runs from 3 files}. */
    public String sentence() {
        return "published " + count(outcomes, "outcome") + " of " + count(suiteRuns, "suite run") + " from "
                + count(files, "file") + (broken.isEmpty() ? "" : "; could not read " + count(broken.size(), "file"))
                + (cutShort.isEmpty() ? "" : "; " + count(cutShort.size(), "file") + " cut short")
                + (empty.isEmpty() ? "" : "; nothing to read in " + count(empty.size(), "file"));
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
