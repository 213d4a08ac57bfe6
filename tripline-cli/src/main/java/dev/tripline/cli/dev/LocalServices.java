package dev.tripline.cli.dev;

import dev.tripline.service.Service;
import java.util.List;
import java.util.function.Consumer;

/** The services local mode runs on its broker and registry. */
final class LocalServices {
    /** Makes one service. */
    interface Factory {
        /**
         * Makes the service; {@link Service#start} starts it.
         *
         * @param onFailure what the service tells when it fails while it runs
         */
        Service make(DevSettings settings, Consumer<Throwable> onFailure);
    }

    /** In the order they start: one line each. */
    static final List<Factory> ALL = List.of();

    private LocalServices() {}
}
