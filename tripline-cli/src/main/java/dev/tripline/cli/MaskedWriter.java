package dev.tripline.cli;

import dev.tripline.service.secrets.SecretMask;
import java.io.PrintWriter;

/** Prints lines for people, which quote what others wrote, without secrets. Each string is masked by itself. */
final class MaskedWriter extends PrintWriter {
    MaskedWriter(PrintWriter to) {
        super(to, true);
    }

    @Override
    public void write(String text) {
        super.write(SecretMask.standard().mask(text));
    }
}
