package dev.tripline.benchmarks.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.TypeConversionException;

class ReportContenderTest {
    private static final Instant DAY = Instant.parse("2025-09-11T08:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void allContendersSeeTheWholeReport() throws Exception {
        // Given
        Path report = folder.resolve("TEST-shop.xml");
        long cases = new GeneratedReport(16, DAY).write(report, 200_000);
        List<String> texts = ReportContender.texts(report);

        // Then
        assertThat(ReportContender.JDK.run(report, texts))
                .isEqualTo(2 * cases)
                .isEqualTo(ReportContender.WOODSTOX.run(report, texts))
                .isEqualTo(ReportContender.AALTO.run(report, texts));
        assertThat(ReportContender.TRIPLINE.run(report, texts)).isEqualTo(cases);
        assertThat(ReportContender.HASHING.run(report, texts)).isEqualTo(Files.size(report));
        assertThat(ReportContender.MASKING.run(report, texts)).isGreaterThan(10_000);
    }

    @Test
    void theSameSeedWritesTheSameReport() throws Exception {
        Path one = folder.resolve("one.xml");
        Path other = folder.resolve("other.xml");
        new GeneratedReport(7, DAY).write(one, 100_000);
        new GeneratedReport(7, DAY).write(other, 100_000);

        assertThat(one).hasSameBinaryContentAs(other);
        assertThat(Files.size(one)).isBetween(100_000L, 250_000L);
    }

    @Test
    void readsSizesAsTheOptionsOfTheJvm() {
        assertThat(new SizeConverter().convert("64m")).isEqualTo(64L << 20);
        assertThat(new SizeConverter().convert("1G")).isEqualTo(1L << 30);
        assertThatThrownBy(() -> new SizeConverter().convert("64 MB"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("got '64 MB'");
    }
}
