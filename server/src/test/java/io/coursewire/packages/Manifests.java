package io.coursewire.packages;

/// Manifests for tests, and whole packages around them.
public final class Manifests {
    private Manifests() {}

    public static String scorm12(String organizations, String resources) {
        return """
        <?xml version="1.0" encoding="UTF-8"?>
        <manifest identifier="M-1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
            xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
          <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
          %s
          <resources>%s</resources>
        </manifest>
        """
                .formatted(organizations, resources);
    }

    public static String organization(String title, String items) {
        return """
        <organizations default="O-1"><organization identifier="O-1"><title>%s</title>%s</organization></organizations>
        """
                .formatted(title, items);
    }

    public static String item(String identifier, String resource) {
        return "<item identifier=\"%s\" identifierref=\"%s\"><title>Title of %s</title></item>"
                .formatted(identifier, resource, identifier);
    }

    public static String sco(String identifier, String href) {
        return "<resource identifier=\"%s\" type=\"webcontent\" adlcp:scormtype=\"sco\" href=\"%s\"/>"
                .formatted(identifier, href);
    }

    /// One SCO.
    public static String single() {
        return scorm12(organization("A course", item("I-1", "R-1")), sco("R-1", "index.html"));
    }

    /// The smallest sound package.
    public static ZipBuilder course() {
        return course(single());
    }

    public static ZipBuilder course(String manifest) {
        return new ZipBuilder()
                .file("imsmanifest.xml", manifest)
                .file("index.html", "<!doctype html><title>Hello</title>");
    }

    /// One SCO, with a manifest identifier and titles of choice.
    public static ZipBuilder course(String manifestIdentifier, String title, String items) {
        return course(
                scorm12(organization(title, items), sco("R-1", "index.html"))
                        .replace("M-1", manifestIdentifier));
    }
}
