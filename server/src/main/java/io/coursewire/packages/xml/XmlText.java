package io.coursewire.packages.xml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.coursewire.packages.Warnings;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Decodes an XML file by what its bytes say; its declaration is asked last, as it is often wrong.
final class XmlText {
    private static final int DECLARATION_BYTES_MAX = 200;
    private static final int[] UTF_8_MARK = {0xef, 0xbb, 0xbf};
    private static final Pattern DECLARED =
            Pattern.compile("^\\s*<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._:-]+)[\"']");
    private static final Charset LAST_RESORT = Charset.forName("windows-1252");

    private XmlText() {}

    /// Without byte order mark and without white space before the declaration.
    static String decode(byte[] bytes, String file, Warnings warnings) {
        var text = marked(bytes).orElseGet(() -> unmarked(bytes, file, warnings));
        var stripped = text.stripLeading();
        if (stripped.length() < text.length() && stripped.startsWith("<?xml")) {
            warnings.add("xml-leading-space", "white space before the XML declaration", file);
        }
        return stripped;
    }

    private static Optional<String> marked(byte[] bytes) {
        if (startsWith(bytes, UTF_8_MARK)) {
            return strict(UTF_8, bytes, UTF_8_MARK.length);
        }
        if (startsWith(bytes, 0xff, 0xfe)) {
            return strict(UTF_16LE, bytes, 2);
        }
        return startsWith(bytes, 0xfe, 0xff) ? strict(UTF_16BE, bytes, 2) : Optional.empty();
    }

    private static String unmarked(byte[] bytes, String file, Warnings warnings) {
        if (startsWith(bytes, '<', 0)) {
            return new String(bytes, UTF_16LE);
        }
        if (startsWith(bytes, 0, '<')) {
            return new String(bytes, UTF_16BE);
        }
        var declared = declared(bytes).flatMap(XmlText::charset).filter(XmlText::isByteBased);
        return strict(declared.orElse(UTF_8), bytes, 0)
                .or(() -> strict(UTF_8, bytes, 0))
                .orElseGet(() -> lastResort(bytes, file, warnings));
    }

    private static String lastResort(byte[] bytes, String file, Warnings warnings) {
        warnings.add(
                "xml-encoding",
                "the file is not in the encoding that it declares and was read as windows-1252",
                file);
        int mark = startsWith(bytes, UTF_8_MARK) ? UTF_8_MARK.length : 0;
        return new String(bytes, mark, bytes.length - mark, LAST_RESORT);
    }

    private static Optional<String> declared(byte[] bytes) {
        int length = Math.min(bytes.length, DECLARATION_BYTES_MAX);
        var matcher = DECLARED.matcher(new String(bytes, 0, length, ISO_8859_1));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Optional<Charset> charset(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            return Optional.empty();
        }
    }

    /// The declaration was read byte by byte, so a wide encoding is a wrong declaration.
    private static boolean isByteBased(Charset charset) {
        return !charset.name().startsWith("UTF-16") && !charset.name().startsWith("UTF-32");
    }

    private static Optional<String> strict(Charset charset, byte[] bytes, int skipped) {
        try {
            var rest = ByteBuffer.wrap(bytes, skipped, bytes.length - skipped);
            return Optional.of(charset.newDecoder().decode(rest).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int n = 0; n < start.length; n++) {
            if (Byte.toUnsignedInt(bytes[n]) != start[n]) {
                return false;
            }
        }
        return true;
    }
}
