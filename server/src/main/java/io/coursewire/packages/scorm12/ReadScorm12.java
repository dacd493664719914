package io.coursewire.packages.scorm12;

import io.coursewire.packages.NothingToOpen;
import io.coursewire.packages.OutlineLine;
import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.ResolveHref;
import io.coursewire.packages.ResourcesAlone;
import io.coursewire.packages.Scorm12;
import io.coursewire.packages.Titles;
import io.coursewire.packages.Warnings;
import io.coursewire.packages.xml.XmlElement;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads a SCORM 1.2 manifest (Content Aggregation Model, version 1.2). What can be understood in one way
/// only is tolerated with a warning; a course that would open nothing is refused.
public final class ReadScorm12 {
    private final XmlElement manifest;
    private final Warnings warnings;
    private final Resources resources;

    private ReadScorm12(XmlElement manifest, ResolveHref resolve, Warnings warnings) {
        this.manifest = manifest;
        this.warnings = warnings;
        this.resources = new Resources(manifest, resolve, warnings);
    }

    public static Scorm12 read(XmlElement manifest, ResolveHref resolve, Warnings warnings) {
        var read = new ReadScorm12(manifest, resolve, warnings).read();
        if (read.outline().stream().noneMatch(OutlineLine::launchable)) {
            throw NothingToOpen.of(warnings, manifest.place());
        }
        return read;
    }

    private Scorm12 read() {
        var identifier =
                manifest.attribute("identifier")
                        .filter(text -> text.length() <= PackageLimits.IDENTIFIER_CHARS_MAX);
        if (identifier.isEmpty()) {
            warnings.add(
                    "no-identifier",
                    "the manifest has no identifier, or one too long; bringing it again makes a new"
                            + " course",
                    manifest.place());
        }
        return course(identifier, organization().orElseGet(this::ofResources));
    }

    private Optional<XmlElement> organization() {
        var organizations = manifest.first("organizations");
        organizations.ifPresent(this::warnOfSeveral);
        return organizations.flatMap(ReadScorm12::defaultOrganization);
    }

    /// The one that `default` names, else the first.
    static Optional<XmlElement> defaultOrganization(XmlElement organizations) {
        var wanted = organizations.attribute("default");
        return organizations
                .all("organization")
                .filter(each -> wanted.isPresent() && each.attribute("identifier").equals(wanted))
                .findFirst()
                .or(() -> organizations.first("organization"));
    }

    private void warnOfSeveral(XmlElement organizations) {
        var wanted = organizations.attribute("default");
        var taken = defaultOrganization(organizations).flatMap(one -> one.attribute("identifier"));
        if (wanted.isPresent() && !wanted.equals(taken)) {
            warnings.add(
                    "no-default-organization",
                    "the default organization \""
                            + wanted.get()
                            + "\" is not there; the first is used",
                    organizations.place());
        }
        if (organizations.all("organization").count() > 1) {
            warnings.add(
                    "several-organizations",
                    "the manifest has several organizations; \"" + taken.orElse("") + "\" is used",
                    organizations.place());
        }
    }

    private Scorm12 course(Optional<String> identifier, XmlElement organization) {
        var title = title(organization);
        var titles =
                Titles.of(
                        title,
                        Stream.of(organization, manifest).flatMap(each -> each.all("metadata")));
        var language = language(title, titles);
        var items = new ReadItems(manifest, resources, warnings, language).read(organization, 0);
        return new Scorm12(identifier, externalId(organization), titles, items);
    }

    private String title(XmlElement organization) {
        return organization
                .text("title")
                .or(() -> manifest.first("metadata").flatMap(Titles::inMetadata))
                .map(Titles::cut)
                .orElseGet(
                        () -> {
                            warnings.add(
                                    "no-title",
                                    "the organization has no title; its identifier is shown",
                                    organization.place());
                            return externalId(organization);
                        });
    }

    private static String language(String title, Map<String, String> titles) {
        return titles.entrySet().stream()
                .filter(entry -> entry.getValue().equals(title))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Titles.UNKNOWN);
    }

    private String externalId(XmlElement organization) {
        return organization
                .attribute("identifier")
                .or(() -> manifest.attribute("identifier"))
                .filter(text -> text.length() <= PackageLimits.IDENTIFIER_CHARS_MAX)
                .orElse("course");
    }

    private XmlElement ofResources() {
        return ResourcesAlone.organization(
                manifest,
                resources.identifiers(),
                resource -> resources.launch(resource, manifest).isPresent(),
                warnings);
    }
}
