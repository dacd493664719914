package io.coursewire.app.demo;

import io.coursewire.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The SCORM 1.2 course that comes with the product, on how honeybees tell each other the way.
public final class BundledCourse {
    public static final String TITLE = "The Waggle Dance";
    public static final String ORGANIZATION = "waggle_dance_org";
    public static final String ITEM = "waggle_dance_sco";

    private static final String FOLDER = "/demo/course/";
    private static final List<String> FILES =
            List.of(
                    "imsmanifest.xml",
                    "index.html",
                    "course.css",
                    "course.js",
                    "figures.js",
                    "quiz.js",
                    "quiz.json",
                    "scorm.js");
    // A fixed time gives the same course the same bytes.
    private static final FileTime MADE_AT = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    private BundledCourse() {}

    /// Packs the course as its author would hand it over.
    public static void writeZip(Path file) {
        try (var out = Files.newOutputStream(file)) {
            writeZip(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void writeZip(OutputStream out) throws IOException {
        try (var zip = new ZipOutputStream(out)) {
            for (String name : FILES) {
                zip.putNextEntry(new ZipEntry(name).setLastModifiedTime(MADE_AT));
                try (var content = open(name)) {
                    content.transferTo(zip);
                }
                zip.closeEntry();
            }
        }
    }

    public static Quiz quiz() {
        try (var content = open("quiz.json")) {
            return Quiz.read(Json.MAPPER.readTree(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) throws IOException {
        var content = BundledCourse.class.getResourceAsStream(FOLDER + name);
        if (content == null) {
            throw new IOException("the build lacks " + FOLDER + name);
        }
        return content;
    }
}
