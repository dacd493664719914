package io.coursewire.runtime.launch;

import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.SessionId;
import io.coursewire.runtime.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A session that has been opened: all that the player needs to run the content.
///
/// @param speaks the standard whose API the content looks for, empty for an asset
/// @param strictLimits whether the standard's limits hold to the letter
public record Opened(
        SessionId session,
        Optional<String> speaks,
        String title,
        ItemId item,
        List<Line> contents,
        Mode mode,
        String contentUrl,
        Map<String, String> elements,
        boolean strictLimits,
        Optional<String> returnUrl) {
    /// A line of the contents tree. `item` and `status` are empty for a folder.
    public record Line(Optional<ItemId> item, String title, int level, Optional<String> status) {}
}
