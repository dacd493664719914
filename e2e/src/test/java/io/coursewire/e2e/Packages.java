package io.coursewire.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The courses that tests play: real ones that lie beside the project, and the fixture course.
final class Packages {
    private static final List<String> FIXTURE =
            List.of("imsmanifest.xml", "index.html", "second.html", "last.html", "course.js");
    private static final List<String> SEQUENCED =
            List.of("imsmanifest.xml", "sco.html", "sco.js", "page.html");

    private Packages() {}

    /// A real package; the test is skipped where it is absent.
    static Path real(String name) {
        var set = System.getenv("SHARED_FOLDER");
        var folder = set == null ? Path.of("..", "..", "shared") : Path.of(set);
        var file = folder.resolve("packages").resolve(name);
        assumeTrue(
                Files.isRegularFile(file),
                () -> "No " + file + ": real packages are not part of the project.");
        return file;
    }

    /// The fixture course as a package.
    static Path fixture(Path folder) throws IOException {
        return pack(folder, "course", FIXTURE);
    }

    /// The fixture course of several SCOs with sequencing, SCORM 2004.
    static Path sequenced(Path folder) throws IOException {
        return pack(folder, "sequenced", SEQUENCED);
    }

    /// A course of our own as a package: the files of that folder.
    static Path pack(Path folder, String course, List<String> names) throws IOException {
        var file = folder.resolve(course + ".zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var name : names) {
                zip.putNextEntry(new ZipEntry(name));
                try (var in = Packages.class.getResourceAsStream("/" + course + "/" + name)) {
                    in.transferTo(zip);
                }
            }
        }
        return file;
    }
}
