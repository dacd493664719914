package io.coursewire.packages.scorm2004;

import java.util.List;

/// An activity of the tree: an `<item>`, or the `<organization>` at the root. Identifiers are unique in a manifest.
public record Item(
        String identifier,
        String title,
        Content content,
        Sequencing sequencing,
        List<Item> children) {
    public Item {
        children = List.copyOf(children);
    }

    public boolean isLeaf() {
        return children.isEmpty();
    }
}
