package io.coursewire.packages.scorm2004;

import java.util.List;
import java.util.Optional;

/// `adlcp:dataFromLMS`, `adlcp:timeLimitAction` and `adlcp:data` of an item.
///
/// @param dataFromLMS `cmi.launch_data`, empty when there is none
/// @param timeLimitAction one of the four words of `cmi.time_limit_action`
public record LaunchData(
        String dataFromLMS, Optional<String> timeLimitAction, List<SharedData> sharedData) {
    static final LaunchData NONE = new LaunchData("", Optional.empty(), List.of());

    public LaunchData {
        sharedData = List.copyOf(sharedData);
    }

    /// `adlcp:map`: a bucket of `adl.data` that the item may read, write or both.
    public record SharedData(String target, boolean readable, boolean writable) {}
}
