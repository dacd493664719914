package io.coursewire.e2e.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coursewire.runtime.scorm2004.conformance.ConformanceCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The package of a case: its manifest as it is, and a page of ours in the place of each that it launches.
final class StubPackage {
    private static final byte[] PAGE =
            "<!doctype html><html lang=\"en\"><title>Case</title><p>Case</p></html>"
                    .getBytes(UTF_8);

    private StubPackage() {}

    static Path write(ConformanceCase wanted, Path manifest, Path folder) throws IOException {
        var file = folder.resolve(wanted.id() + "-" + manifest.getFileName() + ".zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            put(zip, "imsmanifest.xml", Files.readAllBytes(manifest));
            var pages = new LinkedHashSet<String>();
            wanted.json()
                    .path("activities")
                    .forEach(
                            activity -> {
                                var href = activity.path("href").asString("");
                                if (!href.isEmpty()) {
                                    pages.add(href.replaceFirst("[?#].*", ""));
                                }
                            });
            for (var page : pages) {
                put(zip, page, PAGE);
            }
        }
        return file;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
    }
}
