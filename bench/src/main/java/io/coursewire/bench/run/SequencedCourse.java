package io.coursewire.bench.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A SCORM 2004 course of several items, in which a participant may choose: so each commit with a score asks
/// sequencing where it leads.
final class SequencedCourse {
    private static final int ITEMS = 5;
    private static final String MANIFEST =
            """
            <manifest identifier="bench" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
                xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
              <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
              <organizations default="course"><organization identifier="course"><title>Five pages</title>%s
                <imsss:sequencing><imsss:controlMode choice="true" flow="true"/></imsss:sequencing>
              </organization></organizations>
              <resources><resource identifier="page" type="webcontent" adlcp:scormType="sco" href="index.html">
                <file href="index.html"/></resource></resources>
            </manifest>
            """;
    private static final String PAGE = "<!DOCTYPE html><title>A page</title>";

    private SequencedCourse() {}

    static void writeZip(Path file) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            add(zip, "imsmanifest.xml", MANIFEST.formatted(items()));
            add(zip, "index.html", PAGE);
        }
    }

    private static String items() {
        return IntStream.rangeClosed(1, ITEMS)
                .mapToObj(
                        "<item identifier=\"item-%1$d\" identifierref=\"page\"><title>Page %1$d</title></item>"
                                ::formatted)
                .collect(Collectors.joining());
    }

    private static void add(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
