package io.coursewire.offline.reading;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.InputStream;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Looks at what cells say of their places and of the texts that they name by number, part by part. The library believes
/// it, and makes as much room in memory as such a number asks for.
final class CheckCells {
    private static final XMLInputFactory FACTORY = factory();

    /// As far as XFD, the last column of Excel, and a little more.
    private static final Pattern PLACE = Pattern.compile("[A-Z]{1,3}[0-9]{1,7}");

    private static final Pattern INDEX = Pattern.compile("[0-9]{1,10}");

    private long texts;
    private long textsNamed;

    /// Which part holds the workbook's texts is for the workbook to say; none has more than the largest.
    void read(InputStream part) {
        long found = 0;
        boolean ofRows = false;
        try {
            var xml = FACTORY.createXMLStreamReader(part);
            boolean namesText = false;
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamReader.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "si" -> {
                        ofRows = true;
                        found++;
                    }
                    case "c" -> {
                        ofRows = true;
                        checkPlace(xml.getAttributeValue(null, "r"));
                        namesText = "s".equals(xml.getAttributeValue(null, "t"));
                    }
                    case "v" -> {
                        if (namesText) {
                            name(xml.getElementText());
                        }
                    }
                    default -> {}
                }
            }
        } catch (XMLStreamException e) {
            // What is no sheet and no text is not read: drawings hold what no parser of XML takes.
            if (ofRows) {
                throw new UnreadableFile(
                        "The workbook cannot be read: its XML is broken. Save it as .xlsx again, or send the rows as CSV.",
                        e);
            }
        }
        texts = Math.max(texts, found);
    }

    /// After all parts.
    void end() {
        if (textsNamed > texts) {
            throw cell("names a text that the workbook does not have");
        }
    }

    private void name(String text) {
        if (text.isEmpty()) {
            return;
        }
        if (!INDEX.matcher(text).matches()) {
            throw cell("names a text by \"" + shortened(text) + "\", which is no number of one");
        }
        textsNamed = Math.max(textsNamed, Long.parseLong(text) + 1);
    }

    private static void checkPlace(String place) {
        if (place != null && !PLACE.matcher(place).matches()) {
            throw cell("is at \"" + shortened(place) + "\", which is no place in a sheet");
        }
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(20, text.length()));
    }

    private static UnreadableFile cell(String fault) {
        return new UnreadableFile(
                "The workbook cannot be read: a cell "
                        + fault
                        + ". Save it as .xlsx again, or send the rows as CSV.");
    }

    // The library's own parser, so that both read the same.
    private static XMLInputFactory factory() {
        var factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
