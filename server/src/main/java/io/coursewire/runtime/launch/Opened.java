package io.coursewire.runtime.launch;

import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.SessionId;
import java.util.Map;
import java.util.Optional;

/// A session that has been opened: all that the player needs to run the content.
///
/// @param speaks the standard whose API the content looks for, empty for an asset
/// @param strictLimits whether the standard's limits hold to the letter
public record Opened(
        SessionId session,
        Optional<String> speaks,
        ItemId item,
        Course course,
        String contentUrl,
        Map<String, String> elements,
        boolean strictLimits) {}
