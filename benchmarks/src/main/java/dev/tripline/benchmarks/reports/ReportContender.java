package dev.tripline.benchmarks.reports;

import dev.tripline.agent.ingest.IngestOptions;
import dev.tripline.agent.ingest.PutAside;
import dev.tripline.agent.ingest.ReportBatch;
import dev.tripline.agent.report.BrokenReportException;
import dev.tripline.service.secrets.SecretMask;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What is done with one report, as a whole or in part; each says how much of something it saw, which must not differ. */
enum ReportContender {
    JDK("parser alone, JDK, twice") {
        @Override
        long run(Path report, List<String> texts) throws IOException {
            return parseTwice(report, XMLInputFactory.newDefaultFactory());
        }
    },
    WOODSTOX("parser alone, Woodstox, twice") {
        @Override
        long run(Path report, List<String> texts) throws IOException {
            return parseTwice(report, named("com.ctc.wstx.stax.WstxInputFactory"));
        }
    },
    AALTO("parser alone, Aalto, twice") {
        @Override
        long run(Path report, List<String> texts) throws IOException {
            return parseTwice(report, named("com.fasterxml.aalto.stax.InputFactoryImpl"));
        }
    },
    TRIPLINE("Tripline, ingest --dry-run") {
        @Override
        long run(Path report, List<String> texts) throws IOException {
            return ingest(report);
        }
    },
    HASHING("SHA-256 alone, once") {
        @Override
        long run(Path report, List<String> texts) throws IOException {
            try (InputStream file = Files.newInputStream(report);
                    var bytes = new DigestInputStream(
                            new BufferedInputStream(file, BUFFER_BYTES), MessageDigest.getInstance("SHA-256"))) {
                return bytes.transferTo(OutputStream.nullOutputStream());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    },
    MASKING("masking alone, each text once") {
        @Override
        long run(Path report, List<String> texts) {
            return texts.stream()
                    .mapToLong(text -> SecretMask.standard().mask(text).length())
                    .sum();
        }
    };

    private static final int BUFFER_BYTES = 1 << 16;

    private final String title;

    ReportContender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /**
     * Does it once.
     *
     * @param texts what {@link #texts} found in the report
     */
    abstract long run(Path report, List<String> texts) throws IOException;

    /** Returns names, types, messages and details of a report: what is masked of it. */
    static List<String> texts(Path report) throws IOException {
        var texts = new ArrayList<String>();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(report), BUFFER_BYTES)) {
            XMLStreamReader xml =
                    configured(XMLInputFactory.newDefaultFactory()).createXMLStreamReader(file);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    boolean isCase = xml.getLocalName().equals("testcase");
                    boolean isFailure = xml.getLocalName().equals("failure");
                    for (int i = 0; (isCase || isFailure) && i < xml.getAttributeCount(); i++) {
                        if (!xml.getAttributeLocalName(i).equals("time")) {
                            texts.add(xml.getAttributeValue(i));
                        }
                    }
                    if (isFailure) {
                        texts.add(xml.getElementText());
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        return texts;
    }

    private static long ingest(Path report) throws IOException {
        var count = new long[1];
        var putAside = new PutAside(InstantSource.system());
        for (ReportBatch batch : ReportBatch.of(List.of(report), IngestOptions.none(), null, new NoFaults())) {
            try {
                batch.read(
                        outcome -> {
                            count[0]++;
                            putAside.add(outcome);
                        },
                        run -> {},
                        (file, read) -> {});
            } catch (BrokenReportException e) {
                throw new IOException(e);
            }
        }
        return count[0];
    }

    private static long parseTwice(Path report, XMLInputFactory factory) throws IOException {
        XMLInputFactory safe = configured(factory);
        return parse(report, safe) + parse(report, safe);
    }

    /** By name, since the compiler misses an annotation of Woodstox that it does not bring along. */
    private static XMLInputFactory named(String parser) {
        try {
            return Class.forName(parser)
                    .asSubclass(XMLInputFactory.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(parser + " is not on the class path", e);
        }
    }

    /** The settings with which Tripline reads reports. */
    private static XMLInputFactory configured(XMLInputFactory factory) {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    /** Some parsers leave off until they are asked; they are asked for each text and each attribute. */
    private static long parse(Path report, XMLInputFactory factory) throws IOException {
        long cases = 0;
        try (InputStream file = new BufferedInputStream(Files.newInputStream(report), BUFFER_BYTES)) {
            XMLStreamReader xml = factory.createXMLStreamReader(file);
            long seen = 0;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    seen += xml.getAttributeCount();
                    cases += xml.getLocalName().equals("testcase") ? 1 : 0;
                } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                    seen += xml.getTextLength();
                }
            }
            if (seen == 0) {
                throw new IOException(report + ": must not be empty");
            }
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        return cases;
    }

    /** The report is our own: what is wrong with it is a fault of the benchmark. */
    private static final class NoFaults implements ReportBatch.Faults {
        @Override
        public void broken(Path file, BrokenReportException fault) {
            throw new IllegalStateException(fault);
        }

        @Override
        public void unreadable(Path file, IOException fault) {
            throw new IllegalStateException(fault);
        }

        @Override
        public void repeated(Path file, Path first) {
            throw new IllegalStateException(file + " repeats " + first);
        }
    }
}
