package dev.tripline.cli.log;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.tripline.service.secrets.SecretMask;

/** Lays out a line of the log, with its stack trace, without secrets: much of what is logged was written by others. */
public final class MaskedLayout extends PatternLayout {
    @Override
    public String doLayout(ILoggingEvent event) {
        return SecretMask.standard().mask(super.doLayout(event));
    }
}
