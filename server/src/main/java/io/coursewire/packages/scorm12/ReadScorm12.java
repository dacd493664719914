package io.coursewire.packages.scorm12;

import io.coursewire.packages.NothingToOpen;
import io.coursewire.packages.OutlineLine;
import io.coursewire.packages.PackageLimits;
import io.coursewire.packages.ResolveHref;
import io.coursewire.packages.Scorm12;
import io.coursewire.packages.Scorm12.Content;
import io.coursewire.packages.Scorm12.Item;
import io.coursewire.packages.Scorm12.LaunchData;
import io.coursewire.packages.Titles;
import io.coursewire.packages.Warnings;
import io.coursewire.packages.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
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
        return organization()
                .map(organization -> course(identifier, organization))
                .orElseGet(() -> withoutOrganization(identifier));
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

    /// A package of resources alone: each that is a SCO becomes an item.
    private Scorm12 withoutOrganization(Optional<String> identifier) {
        warnings.add(
                "no-organization",
                "the manifest has no organization; its resources became the items",
                manifest.place());
        var items = new ArrayList<Item>();
        for (var resource : resources.identifiers()) {
            resources
                    .launch(resource, manifest)
                    .map(launch -> item(resource, launch))
                    .ifPresent(items::add);
        }
        var title = manifest.first("metadata").flatMap(Titles::inMetadata);
        var name = title.or(() -> identifier).orElse("course");
        return new Scorm12(
                identifier,
                identifier.orElse("course"),
                Titles.of(name, manifest.all("metadata")),
                items);
    }

    private static Item item(String resource, Resources.Launch launch) {
        var content = new Content(launch.href(), launch.sco(), LaunchData.NONE);
        return new Item(
                resource,
                Map.of(Titles.UNKNOWN, resource),
                true,
                Optional.empty(),
                Optional.of(content),
                List.of());
    }
}
