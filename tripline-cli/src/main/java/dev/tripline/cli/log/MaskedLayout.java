package dev.tripline.cli.log;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import dev.tripline.service.secrets.Disclosure;
import java.util.List;

/**
 * Lays out an event without secrets and control characters: much of what is logged was written by others. A message is one line;
 * so is that of each exception, and only the lines of the stack trace follow it.
 */
public final class MaskedLayout extends PatternLayout {
    private static final String EXCEPTION = "ex";

    /** Makes a layout without a pattern. */
    public MaskedLayout() {
        for (String word : List.of("m", "msg", "message")) {
            getInstanceConverterMap().put(word, OneLineMessage::new);
        }
        getInstanceConverterMap().put(EXCEPTION, MaskedTrace::new);
    }

    /** Takes the pattern of a line; the stack trace need not be in it. */
    @Override
    public void setPattern(String pattern) {
        // A pattern without it would get Logback's own.
        super.setPattern(pattern.contains("%" + EXCEPTION) ? pattern : pattern + "%" + EXCEPTION);
    }

    private static final class OneLineMessage extends MessageConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return Disclosure.line(String.valueOf(event.getFormattedMessage()));
        }
    }

    private static final class MaskedTrace extends ThrowableProxyConverter {
        @Override
        protected String throwableProxyToString(IThrowableProxy thrown) {
            return super.throwableProxyToString(new MaskedThrowable(thrown));
        }
    }
}
