package io.coursewire.packages.scorm2004;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coursewire.packages.PackageWarning;
import io.coursewire.packages.Warnings;
import io.coursewire.packages.xml.ReadXml;
import java.util.List;
import java.util.Optional;

/// Manifests for tests, from the part that a test is about. `<sco id="x">` is an item that opens a SCO, `<part id="x">` one
/// that holds others.
public final class Manifests {
    private Manifests() {}

    public record Read(Scorm2004Manifest manifest, List<PackageWarning> warnings) {
        public List<String> codes() {
            return warnings.stream().map(PackageWarning::code).toList();
        }
    }

    /// A course with one organization, `course`.
    ///
    /// @param body items and sequencing of the organization
    public static Organization organization(String body) {
        return read("<organization identifier=\"course\"><title>Course</title>"
                        + body
                        + "</organization>")
                .manifest()
                .defaultOrganization();
    }

    /// @param organizations with what follows them
    public static Read read(String organizations) {
        return readWhole(
                """
                <?xml version="1.0"?>
                <manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
                    xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
                    xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3">
                  <metadata><schemaversion>2004 4th Edition</schemaversion></metadata>
                  <organizations>%s</organizations>
                  <resources>
                    <resource identifier="SCO" adlcp:scormType="sco" href="sco.html"/>
                    <resource identifier="ASSET" adlcp:scormType="asset" href="asset.html"/>
                  </resources>
                </manifest>
                """
                        .formatted(organizations));
    }

    public static Read readWhole(String manifest) {
        var warnings = new Warnings();
        var xml =
                manifest.replace("<sco id=", "<item identifierref=\"SCO\" identifier=")
                        .replace("</sco>", "</item>")
                        .replace("<part id=", "<item identifier=")
                        .replace("</part>", "</item>");
        var root = ReadXml.read(xml.getBytes(UTF_8), "imsmanifest.xml", warnings);
        var read = ReadScorm2004.read(root, (base, href, _) -> Optional.of(base + href), warnings);
        return new Read(read, warnings.list());
    }
}
