package io.coursewire.packages.zip;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.Warnings;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// Decodes the names of entries and makes them plain: `/` between folders, no `.` or empty segments,
/// Unicode composed (NFC), nothing that could leave the folder.
final class EntryName {
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
    private static final int UNICODE_PATH = 0x7075;
    private static final int UNICODE_PATH_HEADER_BYTES = 5;

    private EntryName() {}

    /// Empty for a name that is not Unicode: [CodePages] reads those.
    static Optional<String> of(Header header, Warnings warnings) {
        return decode(header).map(name -> plain(name, warnings));
    }

    private static Optional<String> decode(Header header) {
        byte[] name = header.name();
        if (header.isUtf8()) {
            return Optional.of(utf8(name));
        }
        return strict(US_ASCII, name).or(() -> unicodePath(header)).or(() -> strict(UTF_8, name));
    }

    private static String utf8(byte[] name) {
        return strict(UTF_8, name)
                .orElseThrow(
                        () ->
                                new PackageRefused(
                                        "bad-name",
                                        "an entry's name claims to be UTF-8 and is not; make"
                                                + " the zip anew",
                                        new String(name, UTF_8)));
    }

    static Optional<String> strict(Charset charset, byte[] bytes) {
        try {
            return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /// The field counts only while its checksum fits the name, which a renaming tool may have changed.
    private static Optional<String> unicodePath(Header header) {
        var field = ExtraFields.find(header.extra(), UNICODE_PATH);
        if (field.remaining() <= UNICODE_PATH_HEADER_BYTES) {
            return Optional.empty();
        }
        var crc = new CRC32();
        crc.update(header.name());
        boolean fits = field.getInt(1) == (int) crc.getValue();
        byte[] utf8 = new byte[field.remaining() - UNICODE_PATH_HEADER_BYTES];
        field.get(UNICODE_PATH_HEADER_BYTES, utf8);
        return fits ? strict(UTF_8, utf8) : Optional.empty();
    }

    /// Empty for the top folder itself.
    static String plain(String name, Warnings warnings) {
        var slashed = name.replace('\\', '/');
        if (!slashed.equals(name)) {
            warnings.add("backslash", "backslashes in the name were read as slashes", name);
        }
        requireRelative(slashed, name);
        var segments = new ArrayList<String>();
        for (var segment : slashed.split("/")) {
            if (segment.equals("..")) {
                throw outside(name, "leaves the package's folder by ..");
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        var path = Normalizer.normalize(String.join("/", segments), Normalizer.Form.NFC);
        requireWithinLimits(path, segments.size(), name);
        return path;
    }

    private static void requireRelative(String slashed, String name) {
        if (slashed.chars().anyMatch(Character::isISOControl)) {
            throw new PackageRefused(
                    "bad-name", "an entry's name holds control characters; rename it", name);
        }
        if (slashed.startsWith("/")) {
            throw outside(name, "is absolute");
        }
        if (DRIVE.matcher(slashed).matches()) {
            throw outside(name, "names a drive");
        }
    }

    private static PackageRefused outside(String name, String why) {
        return new PackageRefused(
                "unsafe-path",
                "an entry's name "
                        + why
                        + "; zip the content of the course's folder with plain names",
                name);
    }

    private static void requireWithinLimits(String path, int depth, String name) {
        if (path.length() > PackageLimits.PATH_CHARS_MAX) {
            throw new PackageRefused(
                    "path-too-long",
                    "an entry's path has more than "
                            + PackageLimits.PATH_CHARS_MAX
                            + " characters; shorten it",
                    name.substring(0, PackageLimits.PATH_CHARS_MAX));
        }
        if (depth > PackageLimits.PATH_DEPTH_MAX) {
            throw new PackageRefused(
                    "path-too-deep",
                    "an entry is more than " + PackageLimits.PATH_DEPTH_MAX + " folders deep",
                    name);
        }
    }
}
