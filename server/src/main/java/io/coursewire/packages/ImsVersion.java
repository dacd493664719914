package io.coursewire.packages;

import io.coursewire.packages.xml.XmlElement;
import java.util.Locale;
import java.util.Optional;

/// Tells which standard an `imsmanifest.xml` is written in: by its schema version, else by its namespaces.
final class ImsVersion {
    private ImsVersion() {}

    static Standard of(XmlElement manifest, Warnings warnings) {
        requireManifest(manifest);
        var version = manifest.first("metadata").flatMap(data -> data.text("schemaversion"));
        var schema = manifest.first("metadata").flatMap(data -> data.text("schema"));
        schema.ifPresent(name -> requireScorm(name, manifest));
        return version.flatMap(ImsVersion::declared)
                .orElseGet(() -> guess(manifest, version, warnings));
    }

    private static void requireManifest(XmlElement root) {
        if (!root.is("manifest")) {
            throw new PackageRefused(
                    "not-a-manifest",
                    "the manifest's outermost element is <" + root.name() + ">, not <manifest>",
                    root.place());
        }
    }

    private static void requireScorm(String schema, XmlElement manifest) {
        var name = schema.toLowerCase(Locale.ROOT);
        if (name.contains("cartridge")) {
            throw new PackageRefused(
                    "standard-not-supported",
                    "the zip is a Common Cartridge (\""
                            + schema
                            + "\"), not a course that reports results; export it as SCORM",
                    manifest.place());
        }
    }

    private static Optional<Standard> declared(String version) {
        var text = version.toLowerCase(Locale.ROOT);
        if (text.equals("1.2") || text.equals("1.1")) {
            return Optional.of(Standard.SCORM_12);
        }
        return text.contains("1.3") || text.contains("2004")
                ? Optional.of(Standard.SCORM_2004)
                : Optional.empty();
    }

    private static Standard guess(
            XmlElement manifest, Optional<String> version, Warnings warnings) {
        boolean is2004 = manifest.walk().anyMatch(ImsVersion::is2004);
        var standard = is2004 ? Standard.SCORM_2004 : Standard.SCORM_12;
        warnings.add(
                "schema-version",
                version.map(text -> "the schema version \"" + text + "\" is unknown")
                                .orElse("the manifest has no schema version")
                        + "; it was read as "
                        + standard.title(),
                manifest.place());
        return standard;
    }

    private static boolean is2004(XmlElement element) {
        var namespace = element.namespace();
        return namespace.contains("imscp_v1p1")
                || namespace.contains("v1p3")
                || namespace.contains("imsss");
    }
}
