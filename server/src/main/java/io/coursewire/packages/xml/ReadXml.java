package io.coursewire.packages.xml;

import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.Warnings;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads an XML file into elements. A document type is refused before anything in it is looked at.
public final class ReadXml {
    private static final XMLInputFactory FACTORY = factory();

    private final String file;
    private final XMLStreamReader reader;
    private final Deque<Open> open = new ArrayDeque<>();
    private int elements;
    private int attributes;

    private ReadXml(String file, XMLStreamReader reader) {
        this.file = file;
        this.reader = reader;
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        // Ours is checked as well, and says what to do.
        factory.setProperty("jdk.xml.maxElementDepth", 0);
        // They count &quot; and its like too. There are no others without a document type.
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", 0);
        factory.setProperty("jdk.xml.totalEntitySizeLimit", 0);
        factory.setXMLResolver(
                (_, _, _, _) -> {
                    throw new XMLStreamException("nothing outside the file is read");
                });
        return factory;
    }

    /// The root element.
    ///
    /// @param file the file's name, for the places of what is wrong in it
    public static XmlElement read(byte[] bytes, String file, Warnings warnings) {
        var text = XmlText.decode(bytes, file, warnings);
        try {
            var reader = FACTORY.createXMLStreamReader(new StringReader(text));
            return new ReadXml(file, reader).root();
        } catch (XMLStreamException e) {
            throw malformed(file, e);
        }
    }

    private static PackageRefused malformed(String file, XMLStreamException e) {
        var at = e.getLocation();
        var place = at == null ? file : file + " (line " + at.getLineNumber() + ")";
        var reason =
                e.getMessage() == null ? "" : e.getMessage().replaceFirst("(?s).*Message: ", "");
        return new PackageRefused(
                "malformed-xml", "the file is not well-formed XML: " + firstLine(reason), place);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("it cannot be read");
    }

    private XmlElement root() throws XMLStreamException {
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> start();
                case XMLStreamConstants.END_ELEMENT -> {
                    var element = end();
                    if (open.isEmpty()) {
                        requireEnd();
                        return element;
                    }
                    open.getLast().children.add(element);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                        open.getLast().text.append(reader.getText());
                default -> requireHarmless();
            }
        }
    }

    private void requireEnd() throws XMLStreamException {
        while (reader.hasNext()) {
            reader.next();
            requireHarmless();
        }
    }

    private void requireHarmless() {
        switch (reader.getEventType()) {
            case XMLStreamConstants.DTD ->
                    throw new PackageRefused(
                            "document-type",
                            "the file has a document type (DOCTYPE), which can read other files;"
                                    + " remove it",
                            here());
            case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new PackageRefused(
                            "entity",
                            "the file uses the entity &"
                                    + reader.getLocalName()
                                    + "; which XML does not have; write the character itself",
                            here());
            default -> {}
        }
    }

    private String here() {
        return file + " (line " + line() + ")";
    }

    private int line() {
        return reader.getLocation().getLineNumber();
    }

    private void start() {
        var above = Optional.ofNullable(open.peekLast()).map(Open::at);
        var at = new Place(file, above, reader.getLocalName(), line());
        open.addLast(new Open(at, attributes()));
        elements++;
        attributes += reader.getAttributeCount();
        if (open.size() > PackageLimits.XML_DEPTH_MAX
                || elements > PackageLimits.XML_ELEMENTS_MAX
                || attributes > PackageLimits.XML_ATTRIBUTES_MAX) {
            throw new PackageRefused(
                    "xml-too-large",
                    "the file has elements deeper than "
                            + PackageLimits.XML_DEPTH_MAX
                            + ", or more than "
                            + PackageLimits.XML_ELEMENTS_MAX
                            + ", or more than "
                            + PackageLimits.XML_ATTRIBUTES_MAX
                            + " attributes",
                    here());
        }
    }

    private Map<String, String> attributes() {
        var attributes = new HashMap<String, String>();
        for (int n = 0; n < reader.getAttributeCount(); n++) {
            boolean xml = XMLConstants.XML_NS_URI.equals(reader.getAttributeNamespace(n));
            var name = (xml ? "xml:" : "") + reader.getAttributeLocalName(n);
            attributes.putIfAbsent(name, reader.getAttributeValue(n));
        }
        return attributes;
    }

    private XmlElement end() {
        var done = open.removeLast();
        var namespace = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
        return new XmlElement(
                reader.getLocalName(),
                namespace,
                done.attributes,
                done.children,
                done.text.toString().strip(),
                done.at);
    }

    private record Open(
            Place at,
            Map<String, String> attributes,
            List<XmlElement> children,
            StringBuilder text) {
        Open(Place at, Map<String, String> attributes) {
            this(at, attributes, new ArrayList<>(), new StringBuilder());
        }
    }
}
