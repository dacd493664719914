package io.coursewire.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// Percent-encoding (RFC 3986) of the URLs that packages hold, and the joining of their parameters.
public final class Urls {
    private static final String SEGMENT = "-._~!$&'()*+,;=:@/";
    private static final String REST = SEGMENT + "?#%[]";
    private static final Pattern WEB = Pattern.compile("(?i)(https?:)?//");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Urls() {}

    /// A path of plain names as a URL path.
    public static String encodePath(String path) {
        return encode(path, SEGMENT);
    }

    /// A query or fragment: what is encoded stays, what a URL cannot hold is encoded.
    public static String encodeRest(String rest) {
        return encode(rest, REST);
    }

    private static String encode(String text, String kept) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) Byte.toUnsignedInt(b);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0);
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /// Empty where an escape is broken or the bytes are not UTF-8.
    public static Optional<String> decode(String text) {
        var bytes = new ByteArrayOutputStream(text.length());
        byte[] from = text.getBytes(UTF_8);
        for (int at = 0; at < from.length; at++) {
            if (from[at] != '%') {
                bytes.write(from[at]);
            } else if (at + 2 < from.length && isHex(from[at + 1]) && isHex(from[at + 2])) {
                bytes.write(
                        HexFormat.fromHexDigit(from[at + 1]) << 4
                                | HexFormat.fromHexDigit(from[at + 2]));
                at += 2;
            } else {
                return Optional.empty();
            }
        }
        var decoded = bytes.toString(UTF_8);
        return decoded.indexOf('\ufffd') >= 0 ? Optional.empty() : Optional.of(decoded);
    }

    private static boolean isHex(byte b) {
        return HexFormat.isHexDigit(b);
    }

    /// Whether it is the address of something on a server of its own.
    public static boolean isWeb(String href) {
        return WEB.matcher(href).lookingAt();
    }

    /// The address of [#isWeb] with its scheme, encoded.
    public static String external(String href) {
        return encodeRest(href.startsWith("//") ? "https:" + href : href);
    }

    /// The base of what is inside: the `xml:base` of an element within those above it, unless it is absolute.
    public static String base(String above, Optional<String> own) {
        var base = own.map(text -> text.endsWith("/") ? text : text + "/").orElse("");
        return isWeb(base) ? base : above + base;
    }

    /// Joins an item's parameters to its resource's URL (SCORM CAM, "parameters"): a leading `?` or `&` is
    /// dropped, a fragment is kept only where the URL has none.
    public static String join(String href, String parameters) {
        var rest = encodeRest(parameters.strip()).replaceFirst("^[?&]+", "");
        if (rest.isEmpty()) {
            return href;
        }
        int hash = href.indexOf('#');
        if (rest.startsWith("#")) {
            return hash >= 0 ? href : href + rest;
        }
        var path = hash >= 0 ? href.substring(0, hash) : href;
        var fragment = hash >= 0 ? href.substring(hash) : "";
        return path + (path.indexOf('?') >= 0 ? "&" : "?") + rest + fragment;
    }
}
