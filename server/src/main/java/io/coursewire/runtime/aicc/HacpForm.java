package io.coursewire.runtime.aicc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The fields of a request's body, which is a form that not all content encodes as forms are: some by `escape()`
/// (`%20` for blanks, a bare plus for plus, `%E9` and `%u20AC`), some not at all. No byte of data may suffer.
final class HacpForm {
    private static final Charset LEGACY = Charset.forName("windows-1252");
    private static final Pattern FIELD =
            Pattern.compile(
                    "(?:^|&)\\s*(command|version|session_id|au_password|aicc_data)\\s*=",
                    Pattern.CASE_INSENSITIVE);
    private static final String DATA = "aicc_data";

    /// What no encoding that spares no `&` leaves as it is: blanks, line breaks, headings and the commas of records
    /// anywhere, the first line's `=` before any `&`.
    private static final Pattern NOT_ENCODED = Pattern.compile("[\\s\\[,]|^[^&]*=");

    /// What the encoding of forms does not leave, and what it makes a plus of: there a plus is a plus. `escape()` leaves `/` and `@`.
    private static final Pattern NOT_OF_A_FORM = Pattern.compile("%20|[\\s\\[/@]");

    private static final int HEX = 16;

    private final Map<String, String> fields = new HashMap<>();

    static HacpForm parse(byte[] body) {
        var form = new HacpForm();
        // Byte for byte, so that what was not encoded is still whole.
        var text = new String(body, StandardCharsets.ISO_8859_1);
        var field = FIELD.matcher(text);
        boolean found = field.find();
        while (found) {
            var name = field.group(1).toLowerCase(Locale.ROOT);
            int start = field.end();
            found = field.find();
            var raw = text.substring(start, found ? field.start() : text.length());
            form.fields.putIfAbsent(name, decode(own(name, raw)));
        }
        return form;
    }

    /// Empty where it was not sent.
    String get(String name) {
        return fields.getOrDefault(name, "");
    }

    /// Without what follows it: fields of nobody's, or an `&` at the end. In data that was not encoded an `&` is content's own.
    private static String own(String name, String raw) {
        int end = raw.indexOf('&');
        boolean isWhole = name.equals(DATA) && NOT_ENCODED.matcher(raw.strip()).find();
        return end < 0 || isWhole ? raw : raw.substring(0, end);
    }

    private static String decode(String raw) {
        boolean plusIsBlank = !NOT_OF_A_FORM.matcher(raw.strip()).find();
        var bytes = new ByteArrayOutputStream(raw.length());
        for (int at = 0; at < raw.length(); at++) {
            char c = raw.charAt(at);
            if (c == '%' && hex(raw, at + 1, 2) >= 0) {
                bytes.write(hex(raw, at + 1, 2));
                at += 2;
            } else if (c == '%' && raw.startsWith("u", at + 1) && hex(raw, at + 2, 4) >= 0) {
                bytes.writeBytes(
                        String.valueOf((char) hex(raw, at + 2, 4))
                                .getBytes(StandardCharsets.UTF_8));
                at += 5;
            } else {
                bytes.write(c == '+' && plusIsBlank ? ' ' : c);
            }
        }
        return text(bytes.toByteArray());
    }

    /// The number that so many digits make, or -1.
    private static int hex(String raw, int at, int digits) {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = i < raw.length() ? Character.digit(raw.charAt(i), HEX) : -1;
            if (digit < 0) {
                return -1;
            }
            number = number * HEX + digit;
        }
        return number;
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            return new String(bytes, LEGACY);
        }
    }
}
