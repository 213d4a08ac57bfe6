package dev.tripline.agent.ingest;

import java.nio.file.Path;
import java.util.List;

/**
 * Reports that were found under the names an operator gave.
 *
 * @param files the reports, in the order of the names
 * @param without folders and patterns that hold no report, as they were given
 * @param leadingOut links in folders to what lies elsewhere; not to be read
 */
public record FoundReports(List<Path> files, List<Path> without, List<Path> leadingOut) {
    public FoundReports {
        files = List.copyOf(files);
        without = List.copyOf(without);
        leadingOut = List.copyOf(leadingOut);
    }
}
