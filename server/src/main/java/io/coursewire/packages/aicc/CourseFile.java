package io.coursewire.packages.aicc;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// One course file as text.
///
/// @param name for the places of what is wrong in it
public record CourseFile(String name, String text) {
    private static final Charset LEGACY = Charset.forName("windows-1252");

    /// The standard knows no encoding: UTF-8 where the bytes are that, else the usual one of its time.
    public static CourseFile of(String name, byte[] bytes) {
        try {
            var text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new CourseFile(name, plain(text, "\ufeff"));
        } catch (CharacterCodingException _) {
            return new CourseFile(name, plain(new String(bytes, LEGACY), "ï»¿"));
        }
    }

    /// Without byte order mark, and without the NULs that some tools end texts with and no database takes.
    private static String plain(String text, String mark) {
        return (text.startsWith(mark) ? text.substring(mark.length()) : text).replace("\0", "");
    }

    String place(int line) {
        return name + " (line " + line + ")";
    }
}
