package io.coursewire.packages;

import io.coursewire.packages.xml.XmlElement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Gives each item of a manifest an identifier of its own. Refuses more items, and longer identifiers, than are allowed.
public final class Identifiers {
    private final Warnings warnings;
    private final Set<String> given = new HashSet<>();

    // The number to try next, so that thousands of one name are not counted through for each of
    // them.
    private final Map<String, Integer> next = new HashMap<>();

    public Identifiers(Warnings warnings) {
        this.warnings = warnings;
    }

    public String of(XmlElement item) {
        if (given.size() >= PackageLimits.ITEMS_MAX) {
            throw new PackageRefused(
                    "too-many-items",
                    "the course has more than " + PackageLimits.ITEMS_MAX + " items",
                    item.place());
        }
        var written = item.attribute("identifier");
        var identifier = written.orElseGet(() -> "item-" + (given.size() + 1));
        if (written.isEmpty()) {
            warnings.add(
                    "no-identifier",
                    "the item has no identifier; it was called \"" + identifier + "\"",
                    item.place());
        }
        requireShort(identifier, item.place());
        return unique(identifier, item);
    }

    /// @throws PackageRefused for an identifier that the database could not index
    public static void requireShort(String identifier, String place) {
        if (identifier.length() > PackageLimits.IDENTIFIER_CHARS_MAX) {
            throw new PackageRefused(
                    "identifier-too-long",
                    "an identifier has more than "
                            + PackageLimits.IDENTIFIER_CHARS_MAX
                            + " characters",
                    place);
        }
    }

    private String unique(String identifier, XmlElement item) {
        if (given.add(identifier)) {
            return identifier;
        }
        int n = next.getOrDefault(identifier, 2);
        while (!given.add(identifier + "~" + n)) {
            n++;
        }
        next.put(identifier, n + 1);
        var unique = identifier + "~" + n;
        warnings.add(
                "duplicate-identifier",
                "two items are called \"" + identifier + "\"; one became \"" + unique + "\"",
                item.place());
        return unique;
    }
}
