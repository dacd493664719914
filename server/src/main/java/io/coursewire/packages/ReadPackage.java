package io.coursewire.packages;

import io.coursewire.packages.aicc.CourseFile;
import io.coursewire.packages.aicc.ReadAicc;
import io.coursewire.packages.prerequisites.Prerequisites;
import io.coursewire.packages.scorm12.ReadScorm12;
import io.coursewire.packages.scorm2004.ReadScorm2004;
import io.coursewire.packages.xml.ReadXml;
import io.coursewire.packages.xml.XmlElement;
import io.coursewire.packages.zip.Entry;
import io.coursewire.packages.zip.ZipArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Recognises which standard a zip is written in and reads it.
public final class ReadPackage {
    /// @param files of the package, by the paths that its manifest uses
    public record Read(Package content, PackageFiles files) {}

    private static final List<String> AICC_FILES =
            List.of("crs", "au", "des", "cst", "ort", "pre", "cmp");

    private final ZipArchive archive;
    private final Warnings warnings;

    public ReadPackage(ZipArchive archive, Warnings warnings) {
        this.archive = archive;
        this.warnings = warnings;
    }

    public Read read() {
        var found = new FindManifest(warnings).in(archive.entries(this::links));
        var content =
                switch (found.kind()) {
                    case IMS_MANIFEST -> ims(found);
                    case CMI5 -> throw notYet(Standard.CMI5);
                    case TINCAN -> throw notYet(Standard.XAPI);
                    case AICC -> aicc(found);
                };
        // For its warnings: scripts are kept as they were written.
        Prerequisites.of(content, warnings, found.name());
        return new Read(content, found.files());
    }

    /// What the manifest links to, as it writes that. Nothing while it cannot be found or read: why is told when all
    /// names are known.
    private List<String> links(List<Entry> entries) {
        try {
            return linksOf(entries);
        } catch (PackageRefused _) {
            return List.of();
        }
    }

    private List<String> linksOf(List<Entry> entries) {
        var unheard = new Warnings();
        var found = new FindManifest(unheard).in(entries);
        return switch (found.kind()) {
            case IMS_MANIFEST, CMI5, TINCAN ->
                    ReadXml.read(bytes(found.files(), found.name()), found.name(), unheard)
                            .walk()
                            .flatMap(
                                    element ->
                                            Stream.of("href", "xml:base")
                                                    .flatMap(
                                                            name ->
                                                                    element
                                                                            .attribute(name)
                                                                            .stream()))
                            .flatMap(
                                    link ->
                                            Stream.concat(
                                                    Stream.of(link), Urls.decode(link).stream()))
                            .toList();
            case AICC -> ReadAicc.fileNames(aiccFiles(found));
        };
    }

    private Package ims(FindManifest.Found found) {
        var manifest = xml(found);
        var resolve = new ResolveHref(found.files(), warnings);
        return switch (ImsVersion.of(manifest, warnings)) {
            case SCORM_12 -> ReadScorm12.read(manifest, resolve, warnings);
            case SCORM_2004 -> scorm2004(manifest, resolve);
            case AICC, CMI5, XAPI -> throw new IllegalStateException("not an IMS manifest");
        };
    }

    private Package scorm2004(XmlElement manifest, ResolveHref resolve) {
        var read = ReadScorm2004.read(manifest, resolve::resolve, warnings);
        return new Scorm2004(read.identifier(), read.edition(), read.defaultOrganization());
    }

    private Package aicc(FindManifest.Found found) {
        return ReadAicc.read(aiccFiles(found), new ResolveHref(found.files(), warnings), warnings);
    }

    private Map<String, CourseFile> aiccFiles(FindManifest.Found found) {
        var name = found.name().substring(0, found.name().lastIndexOf('.') + 1);
        var course = new HashMap<String, CourseFile>();
        for (var extension : AICC_FILES) {
            aiccFile(found.files(), name, extension)
                    .ifPresent(
                            path ->
                                    course.put(
                                            extension,
                                            CourseFile.of(path, bytes(found.files(), path))));
        }
        return course;
    }

    /// By the course's own name, else the only one of its kind.
    private static Optional<String> aiccFile(PackageFiles files, String name, String extension) {
        return files.find(name + extension)
                .or(
                        () ->
                                files.paths().stream()
                                        .filter(path -> path.indexOf('/') < 0)
                                        .filter(
                                                path ->
                                                        FoldedPath.of(path)
                                                                .endsWith("." + extension))
                                        .min(Comparator.naturalOrder()));
    }

    static PackageRefused notYet(Standard standard) {
        return new PackageRefused(
                "standard-not-supported",
                "the zip is a course in "
                        + standard.title()
                        + ", which cannot be brought in yet; export it as SCORM 2004 or SCORM 1.2");
    }

    private XmlElement xml(FindManifest.Found found) {
        return ReadXml.read(bytes(found.files(), found.name()), found.name(), warnings);
    }

    private byte[] bytes(PackageFiles files, String path) {
        var entry = files.entries().get(path);
        try (var from = archive.open(entry)) {
            byte[] bytes = from.readNBytes(PackageLimits.MANIFEST_BYTES_MAX + 1);
            if (bytes.length > PackageLimits.MANIFEST_BYTES_MAX) {
                throw new PackageRefused(
                        "manifest-too-large",
                        "the manifest has more than " + PackageLimits.MANIFEST_BYTES_MAX + " bytes",
                        path);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
