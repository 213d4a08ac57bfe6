package dev.tripline.cli;

import picocli.CommandLine.IVersionProvider;

/** Says which build this is. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "tripline " + (version == null ? "(not packaged)" : version) + ", Java " + Runtime.version()
        };
    }
}
