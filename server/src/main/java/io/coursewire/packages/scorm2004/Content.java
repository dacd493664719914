package io.coursewire.packages.scorm2004;

import java.util.Optional;

/// What an item launches and what its run-time data starts with.
public record Content(
        Optional<Launch> launch,
        LaunchData launchData,
        CompletionThreshold completion,
        Presentation presentation) {

    /// @param href relative to the package, percent-encoded, parameters included; or an absolute URL
    /// @param sco false for an asset, which does not speak to the run time
    public record Launch(String href, boolean sco) {}

    /// An item that launches nothing.
    public static Content none() {
        return new Content(
                Optional.empty(), LaunchData.NONE, CompletionThreshold.NONE, Presentation.DEFAULT);
    }
}
