package io.coursewire.runtime.launch;

import io.coursewire.kernel.ItemId;
import io.coursewire.packages.Aicc;
import io.coursewire.packages.OutlineLine;
import io.coursewire.packages.PackageVersion;
import io.coursewire.packages.Scorm12;
import io.coursewire.packages.Scorm2004;
import io.coursewire.runtime.AssetModel;
import io.coursewire.runtime.DataModel;
import io.coursewire.runtime.Mode;
import io.coursewire.runtime.aicc.AiccModel;
import io.coursewire.runtime.scorm12.Scorm12Model;
import io.coursewire.runtime.scorm2004.Scorm2004Model;
import io.coursewire.runtime.scorm2004.sequencing.ActivityTree;
import io.coursewire.runtime.scorm2004.sequencing.Decision.Deliver;
import io.coursewire.runtime.scorm2004.sequencing.RunTimeStart;
import io.coursewire.runtime.scorm2004.sequencing.TrackingState;
import java.util.Optional;

/// An item of a package version that can be opened: its URL, and how it speaks.
///
/// @param speaks the standard whose API the content looks for, empty for an asset
record ContentItem(String identifier, String url, Optional<String> speaks, DataModel model) {
    static final String AICC = "aicc";

    static Optional<ContentItem> find(PackageVersion version, ItemId item, Mode mode) {
        return version.identifier(item)
                .flatMap(
                        identifier ->
                                version.launchUrl(identifier)
                                        .flatMap(url -> of(version, identifier, url, mode)));
    }

    /// What opens first where the launch names no item.
    static Optional<ItemId> first(PackageVersion version) {
        return version.content().outline().stream()
                .filter(OutlineLine::launchable)
                .map(line -> version.itemIds().get(line.identifier()))
                .findFirst();
    }

    private static Optional<ContentItem> of(
            PackageVersion version, String identifier, String url, Mode mode) {
        return switch (version.content()) {
            case Scorm12 course -> Optional.of(scorm12(course, identifier, url, mode));
            case Scorm2004 course -> Optional.of(scorm2004(course, identifier, url, mode));
            case Aicc course -> Optional.of(aicc(course, identifier, url, mode));
        };
    }

    private static ContentItem aicc(Aicc course, String identifier, String url, Mode mode) {
        var unit = course.element(identifier).flatMap(Aicc.Element::unit).orElseThrow();
        return new ContentItem(
                identifier, url, Optional.of(AICC), new AiccModel(course.externalId(), unit, mode));
    }

    private static ContentItem scorm12(Scorm12 course, String identifier, String url, Mode mode) {
        var content = course.item(identifier).flatMap(Scorm12.Item::content).orElseThrow();
        return content.sco()
                ? new ContentItem(
                        identifier,
                        url,
                        Optional.of("scorm12"),
                        new Scorm12Model(content.launchData(), mode))
                : new ContentItem(identifier, url, Optional.empty(), new AssetModel());
    }

    // As the manifest alone has it; a delivery by sequencing begins with what is tracked.
    private static ContentItem scorm2004(
            Scorm2004 course, String identifier, String url, Mode mode) {
        var content = course.item(identifier).orElseThrow().content();
        return content.launch().orElseThrow().sco()
                ? new ContentItem(
                        identifier,
                        url,
                        Optional.of("scorm2004"),
                        new Scorm2004Model(
                                RunTimeStart.of(
                                        ActivityTree.of(course.organization()),
                                        TrackingState.initial(0),
                                        new Deliver(identifier, false)),
                                mode))
                : new ContentItem(identifier, url, Optional.empty(), new AssetModel());
    }

    /// The same, beginning with what sequencing gives it at this delivery.
    ContentItem delivered(RunTimeStart start) {
        return speaks.isPresent()
                ? new ContentItem(identifier, url, speaks, new Scorm2004Model(start, Mode.NORMAL))
                : this;
    }
}
