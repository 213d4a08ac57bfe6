package dev.tripline.agent.report;

import dev.tripline.agent.report.BrokenReportException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's streaming parser with everything off that a test report has no business with: document type declarations,
 * entities of one's own, anything from outside the file. Faults become {@link BrokenReportException}s with their place.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/security/java-api-xml-processing-jaxp-security-guide.html">JAXP
 *     security guide</a>
 */
final class XmlEvents {
    private static final long MOST_BYTES_PER_TOKEN = 16L << 20;

    /** The parser keeps a name for each element that is open; no report comes near. */
    private static final int MOST_NESTED = 100_000;

    private static final int CDATA_CHARACTERS = 16 * 1024;
    private static final XMLInputFactory FACTORY = factory();

    private final String name;
    private final TokenLimitStream bytes;
    private final @Nullable XMLStreamReader reader;
    private int depth;

    /**
     * Opens a document.
     *
     * @param name what to call it in errors
     * @param passedOver is told of characters that XML does not allow, which are read as U+FFFD
     */
    XmlEvents(InputStream document, String name, Consumer<PassedOver> passedOver)
            throws BrokenReportException, IOException {
        this.name = name;
        this.bytes = new TokenLimitStream(document, MOST_BYTES_PER_TOKEN);
        XMLStreamReader opened = null;
        try {
            opened = FACTORY.createXMLStreamReader(new XmlCharacters(bytes, passedOver));
        } catch (XMLStreamException e) {
            throw broken(e);
        }
        this.reader = opened;
    }

    /**
     * Goes to the next event and returns its kind, one of {@link XMLStreamConstants}.
     *
     * @throws BrokenReportException if the document is not well-formed, declares a document type, or is nested too deeply
     */
    int next() throws BrokenReportException, IOException {
        int event;
        try {
            event = reader().next();
        } catch (XMLStreamException e) {
            throw broken(e);
        }
        bytes.tokenRead();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw broken("document type declarations and entities are not read");
        }
        if (event == XMLStreamConstants.START_ELEMENT && ++depth > MOST_NESTED) {
            throw broken("elements must not be nested deeper than " + MOST_NESTED);
        }
        if (event == XMLStreamConstants.END_ELEMENT) {
            depth--;
        }
        return event;
    }

    /** Goes to the root element and returns its local name. */
    String root() throws BrokenReportException, IOException {
        while (next() != XMLStreamConstants.START_ELEMENT) {
            // Comments and processing instructions may stand before it; without a root the parser throws.
        }
        return element();
    }

    /**
     * Goes to the next element within the one that is open; false at its end. Each that was found must be read to its own
     * end before the next is asked for.
     */
    boolean nextChild() throws BrokenReportException, IOException {
        while (true) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return false;
                }
                case XMLStreamConstants.END_DOCUMENT -> throw broken("the document ends within an element");
                default -> {}
            }
        }
    }

    /** Goes past the element that starts here, whatever it holds. */
    void skip() throws BrokenReportException, IOException {
        readElement(new BoundedText(0));
    }

    /** Returns the local name of the element that starts or ends here. */
    String element() {
        return reader().getLocalName();
    }

    /** Returns an attribute of the element that starts here; null if it is absent or blank. */
    @Nullable
    String attribute(String attribute) {
        String value = reader().getAttributeValue(null, attribute);
        return value == null || value.isBlank() ? null : value;
    }

    /** Returns how many attributes the element that starts here has. */
    int attributes() {
        return reader().getAttributeCount();
    }

    /** Adds the characters of this event to a text. */
    void addTextTo(BoundedText text) {
        text.append(reader().getTextCharacters(), reader().getTextStart(), reader().getTextLength());
    }

    int line() {
        return reader().getLocation().getLineNumber();
    }

    /** Makes the error for a fault at this event. */
    BrokenReportException broken(String reason) {
        Location place = reader().getLocation();
        return new BrokenReportException(name, place.getLineNumber(), place.getColumnNumber(), reason);
    }

    /** Goes past the element that starts here, whatever it holds, adding its text. */
    void readElement(BoundedText text) throws BrokenReportException, IOException {
        for (int depth = 1; depth > 0; ) {
            switch (next()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> depth--;
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    addTextTo(text);
                case XMLStreamConstants.END_DOCUMENT -> throw broken("the document ends within an element");
                default -> {}
            }
        }
    }

    private XMLStreamReader reader() {
        if (reader == null) {
            throw new IllegalStateException("the document was not opened");
        }
        return reader;
    }

    /** The parser reports faults of the document and of reading it alike; a file that cannot be read is no broken report. */
    private BrokenReportException broken(XMLStreamException e) throws IOException {
        Location place = e.getLocation();
        int line = place == null ? 0 : Math.max(0, place.getLineNumber());
        int column = place == null ? 0 : Math.max(0, place.getColumnNumber());
        if (e.getNestedException() instanceof TokenLimitStream.TokenTooLongException tooLong) {
            return new BrokenReportException(name, line, column, String.valueOf(tooLong.getMessage()));
        }
        if (e.getNestedException() instanceof IOException io) {
            throw io;
        }
        String said = String.valueOf(e.getMessage());
        int message = said.indexOf("Message: ");
        String reason = (message < 0 ? said : said.substring(message + "Message: ".length())).replace('\n', ' ');
        if (bytes.isBlank()) {
            return new BrokenReportException(name, 0, 0, "not XML: the file is empty", Fault.OTHER_FORMAT);
        }
        if (!bytes.beginsLikeXml()) {
            return new BrokenReportException(name, line, column, "not XML: " + reason, Fault.OTHER_FORMAT);
        }
        String cut = bytes.hasEnded() ? "cut short: " : "";
        return new BrokenReportException(name, line, column, cut + "not well-formed XML: " + reason, Fault.BREAKS_OFF);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty("jdk.xml.cdataChunkSize", CDATA_CHARACTERS);
        // Newer JDKs have lower limits than 17, and refuse what ours would let through: the same report reads the same
        // on each.
        factory.setProperty("jdk.xml.maxElementDepth", "0");
        factory.setProperty("jdk.xml.elementAttributeLimit", "10000");
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are not read, got " + systemId);
        });
        factory.setXMLReporter((message, type, related, location) -> {
            throw new XMLStreamException(message, location);
        });
        return factory;
    }
}
