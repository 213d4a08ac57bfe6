package dev.tripline.cli;

import dev.tripline.service.secrets.Disclosure;
import java.io.PrintWriter;

/**
 * Prints lines for people, which quote what others wrote, without secrets and without what a terminal obeys. Each string is
 * masked by itself and stays on its line; only {@code println} begins another.
 */
final class MaskedWriter extends PrintWriter {
    MaskedWriter(PrintWriter to) {
        super(to, true);
    }

    @Override
    public void write(String text) {
        super.write(Disclosure.line(text));
    }
}
