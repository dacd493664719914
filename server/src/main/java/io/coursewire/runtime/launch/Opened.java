package io.coursewire.runtime.launch;

import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.SessionId;
import java.util.Map;
import java.util.Optional;

/// A session that has been opened: all that the player needs to run the content.
///
/// @param speaks the standard whose API the content looks for, empty for an asset
/// @param contentToken what content that speaks to the server itself is let in by
/// @param strictLimits whether the standard's limits hold to the letter
public record Opened(
        SessionId session,
        Optional<String> speaks,
        Optional<String> contentToken,
        ItemId item,
        Course course,
        String contentUrl,
        Map<String, String> elements,
        boolean strictLimits) {}
