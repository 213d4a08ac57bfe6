package dev.tripline.sink;

import dev.tripline.service.PrivateFolder;
import dev.tripline.sink.config.MarkerKeyConfig;
import dev.tripline.sink.config.SinkConfig;
import dev.tripline.sink.config.TrackerConfig;
import dev.tripline.sink.filing.FilingRules;
import dev.tripline.sink.filing.MarkerKey;
import dev.tripline.sink.filing.Markers;
import dev.tripline.sink.tracker.IssueTracker;
import dev.tripline.sink.tracker.github.GitHubSettings;
import dev.tripline.sink.tracker.github.GitHubTracker;
import dev.tripline.sink.tracker.local.LocalTracker;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

/** Makes the tracker, its rules and its marker keys from the configuration. */
final class Trackers {
    private static final int KEY_BYTES = 32;

    private Trackers() {}

    static IssueTracker of(SinkConfig config, InstantSource clock) {
        if (config.tracker() instanceof TrackerConfig.GitHub github) {
            String[] name = github.repository().split("/");
            GitHubSettings usual = GitHubSettings.of(
                    withoutSlash(github.apiUrl()),
                    name[0],
                    name[1],
                    github.token().reveal());
            return new GitHubTracker(
                    new GitHubSettings(
                            usual.apiUrl(),
                            usual.owner(),
                            usual.repository(),
                            usual.token(),
                            github.connectTimeout(),
                            github.requestTimeout(),
                            usual.betweenWrites(),
                            usual.createsPerHour(),
                            github.formerly(),
                            github.authors()),
                    clock);
        }
        return new LocalTracker(data(config).resolve("tracker"), clock);
    }

    private static URI withoutSlash(URI uri) {
        return URI.create(uri.toString().replaceAll("/+$", ""));
    }

    private static Path data(SinkConfig config) {
        if (config.tracker() instanceof TrackerConfig.Local local) {
            return local.data();
        }
        throw new IllegalStateException("only the local tracker has a data folder");
    }

    static FilingRules rules(SinkConfig config) {
        if (config.tracker() instanceof TrackerConfig.GitHub github) {
            FilingRules usual = FilingRules.remote();
            return new FilingRules(
                    github.quarantine(),
                    github.cleanLists(),
                    usual.listEvery(),
                    usual.lookEvery(),
                    usual.verifyAfter(),
                    usual.settle(),
                    github.editInterval(),
                    usual.retryParked(),
                    config.minSeverity(),
                    config.fileAfter());
        }
        FilingRules usual = FilingRules.local();
        return new FilingRules(
                usual.quarantine(),
                usual.cleanLists(),
                usual.listEvery(),
                usual.lookEvery(),
                usual.verifyAfter(),
                usual.settle(),
                usual.editInterval(),
                usual.retryParked(),
                config.minSeverity(),
                config.fileAfter());
    }

    static Markers markers(SinkConfig config) {
        if (config.markerKeys().isEmpty()) {
            return new Markers(List.of(new MarkerKey("local", localKey(data(config)))));
        }
        return new Markers(config.markerKeys().stream().map(Trackers::key).toList());
    }

    private static MarkerKey key(MarkerKeyConfig key) {
        return new MarkerKey(key.id(), key.secret().reveal().getBytes(StandardCharsets.UTF_8));
    }

    /** The key of the local tracker is made once and kept beside its issues. */
    private static byte[] localKey(Path folder) {
        Path file = folder.resolve("marker.key");
        try {
            if (!Files.exists(file)) {
                PrivateFolder.make(folder);
                byte[] key = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(key);
                Path temporary = Files.createTempFile(folder, ".marker", ".key");
                Files.writeString(temporary, HexFormat.of().formatHex(key) + "\n");
                try {
                    Files.move(temporary, file);
                } catch (FileAlreadyExistsException e) {
                    Files.delete(temporary);
                }
            }
            PrivateFolder.ownFile(file);
            return HexFormat.of().parseHex(Files.readString(file).strip());
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("marker key: cannot be made or read at " + file, e);
        }
    }
}
