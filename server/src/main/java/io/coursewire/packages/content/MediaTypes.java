package io.coursewire.packages.content;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Media types by the ends of file names. Browsers are told not to guess, so a wrong one breaks a course.
public final class MediaTypes {
    public static final String HTML = "text/html";
    public static final String UNKNOWN = "application/octet-stream";

    // A media type and the extensions that stand for it.
    private static final String TABLE =
            """
            text/html html htm shtml
            text/css css
            text/javascript js mjs cjs
            text/plain txt text log md
            text/csv csv
            text/vtt vtt
            application/xhtml+xml xhtml xht
            application/json json map
            application/ld+json jsonld
            application/manifest+json webmanifest
            application/xml xml xsd xsl xslt dtd
            application/ttml+xml ttml dfxp
            application/x-subrip srt
            application/wasm wasm
            application/pdf pdf
            application/rtf rtf
            application/zip zip
            application/epub+zip epub
            application/msword doc
            application/vnd.ms-excel xls
            application/vnd.ms-powerpoint ppt pps
            application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
            application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
            application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
            application/vnd.oasis.opendocument.text odt
            application/x-shockwave-flash swf
            application/vnd.apple.mpegurl m3u8
            application/dash+xml mpd
            image/svg+xml svg
            image/png png
            image/jpeg jpg jpeg jpe jfif
            image/gif gif
            image/webp webp
            image/avif avif
            image/bmp bmp
            image/tiff tif tiff
            image/vnd.microsoft.icon ico cur
            audio/mpeg mp3
            audio/mp4 m4a
            audio/aac aac
            audio/ogg oga opus ogg
            audio/wav wav
            audio/webm weba
            audio/flac flac
            audio/midi mid midi
            video/mp4 mp4 m4v
            video/webm webm
            video/ogg ogv
            video/quicktime mov
            video/x-msvideo avi
            video/x-ms-wmv wmv
            video/x-flv flv
            video/mpeg mpg mpeg
            video/mp2t ts
            video/3gpp 3gp
            font/woff woff
            font/woff2 woff2
            font/ttf ttf
            font/otf otf
            application/vnd.ms-fontobject eot
            model/gltf-binary glb
            model/gltf+json gltf

            """;
    private static final Map<String, String> BY_EXTENSION = table();

    private MediaTypes() {}

    /// Without a charset.
    public static String of(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return BY_EXTENSION.getOrDefault(extension, UNKNOWN);
    }

    private static Map<String, String> table() {
        var table = new HashMap<String, String>();
        for (var line : TABLE.lines().toList()) {
            var words = line.split(" ");
            for (int n = 1; n < words.length; n++) {
                table.put(words[n], words[0]);
            }
        }
        return Map.copyOf(table);
    }
}
