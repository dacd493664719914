package io.coursewire.packages;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import java.util.Map;
import java.util.Optional;

/// One version of an activity's package, ready to be run. Never changes.
///
/// @param contentKey names the version's files on the content origin; unguessable
/// @param itemIds item by identifier, of everything launchable in the package
public record PackageVersion(
        ClientId client,
        ActivityId activity,
        int version,
        String contentKey,
        Package content,
        Map<String, ItemId> itemIds) {
    public PackageVersion {
        itemIds = Map.copyOf(itemIds);
    }

    /// The identifier by which the package knows the item.
    public Optional<String> identifier(ItemId item) {
        return itemIds.entrySet().stream()
                .filter(entry -> entry.getValue().equals(item))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// The URL that opens the item: a path on the content origin, or an absolute one for content that
    /// the package keeps elsewhere. Empty for a folder.
    public Optional<String> launchUrl(String identifier) {
        return content.href(identifier)
                .map(href -> Urls.isWeb(href) ? href : "/content/" + contentKey + "/" + href);
    }
}
