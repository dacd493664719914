package io.coursewire.packages;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A SCORM 1.2 package: the organization that is launched, with what each of its items opens.
///
/// @param externalId the organization's identifier
public record Scorm12(
        Optional<String> manifestIdentifier,
        String externalId,
        Map<String, String> titles,
        List<Item> items)
        implements Package {
    public Scorm12 {
        titles = Map.copyOf(titles);
        items = List.copyOf(items);
    }

    /// @param prerequisites an `aicc_script`, verbatim
    public record Item(
            String identifier,
            Map<String, String> titles,
            boolean visible,
            Optional<String> prerequisites,
            Optional<Content> content,
            List<Item> children) {
        public Item {
            titles = Map.copyOf(titles);
            children = List.copyOf(children);
        }
    }

    /// What an item opens.
    ///
    /// @param href relative to the package, percent-encoded, parameters included; or an absolute URL
    /// @param sco false for an asset, which does not speak to the run time
    public record Content(String href, boolean sco, LaunchData launchData) {}

    /// What the item's run-time data starts with.
    ///
    /// @param masteryScore 0 to 100
    /// @param maxTimeAllowed a CMITimespan (`HHHH:MM:SS.SS`); never zero, which means none
    /// @param timeLimitAction `exit,message`, `exit,no message`, `continue,message` or `continue,no message`
    public record LaunchData(
            Optional<BigDecimal> masteryScore,
            Optional<String> maxTimeAllowed,
            Optional<String> timeLimitAction,
            Optional<String> dataFromLms) {
        public static final LaunchData NONE =
                new LaunchData(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public Standard standard() {
        return Standard.SCORM_12;
    }

    @Override
    public List<OutlineLine> outline() {
        var lines = new ArrayList<OutlineLine>();
        outline(items, 0, lines);
        return List.copyOf(lines);
    }

    private static void outline(List<Item> items, int level, List<OutlineLine> lines) {
        for (var item : items) {
            boolean launchable = item.content().isPresent();
            lines.add(
                    new OutlineLine(
                            item.identifier(),
                            item.titles(),
                            level,
                            item.visible(),
                            launchable,
                            launchable));
            outline(item.children(), level + 1, lines);
        }
    }

    @Override
    public Map<String, String> prerequisites() {
        var scripts = new LinkedHashMap<String, String>();
        prerequisites(items, scripts);
        return scripts;
    }

    private static void prerequisites(List<Item> items, Map<String, String> scripts) {
        for (var item : items) {
            item.prerequisites().ifPresent(script -> scripts.put(item.identifier(), script));
            prerequisites(item.children(), scripts);
        }
    }

    public Optional<Item> item(String identifier) {
        return find(items, identifier);
    }

    private static Optional<Item> find(List<Item> items, String identifier) {
        for (var item : items) {
            var found =
                    item.identifier().equals(identifier)
                            ? Optional.of(item)
                            : find(item.children(), identifier);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> href(String identifier) {
        return item(identifier).flatMap(Item::content).map(Content::href);
    }
}
