package dev.tripline.benchmarks.reports;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of bytes as the JVM's options write it: {@code 64m}, {@code 1g}. */
final class SizeConverter implements ITypeConverter<Long> {
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,5})([kmg])");

    @Override
    public Long convert(String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new TypeConversionException("must be a number with k, m or g, such as 64m, got '" + text + "'");
        }
        int shift = 10 * (1 + "kmg".indexOf(size.group(2)));
        return Long.parseLong(size.group(1)) << shift;
    }
}
