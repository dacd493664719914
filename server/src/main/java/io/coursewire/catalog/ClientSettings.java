package io.coursewire.catalog;

import io.coursewire.kernel.Json;
import io.coursewire.kernel.JsonFields;
import tools.jackson.databind.node.ObjectNode;

/// The client's answers where implementations of the standards diverge.
///
/// `scorm12FailedIsComplete`: failed means finished and failed, not "retake". `scorm12StrictLimits`: values
/// longer than the standard allows are refused.
public record ClientSettings(
        UntouchedStatus scorm12Untouched,
        boolean scorm12FailedIsComplete,
        boolean scorm12StrictLimits,
        UntouchedStatus scorm2004Untouched) {
    public static final ClientSettings DEFAULT =
            new ClientSettings(UntouchedStatus.COMPLETED, true, false, UntouchedStatus.COMPLETED);

    private static final String SCORM12_UNTOUCHED = "scorm12.untouchedStatus";
    private static final String SCORM12_FAILED = "scorm12.failedIsComplete";
    private static final String SCORM12_STRICT = "scorm12.strictLimits";
    private static final String SCORM2004_UNTOUCHED = "scorm2004.untouchedStatus";

    /// Settings by name; what is not given has its default.
    public static ClientSettings read(JsonFields given) {
        return new ClientSettings(
                given.optionalWord(SCORM12_UNTOUCHED, UntouchedStatus.WORDS)
                        .orElse(DEFAULT.scorm12Untouched),
                given.optionalFlag(SCORM12_FAILED).orElse(DEFAULT.scorm12FailedIsComplete),
                given.optionalFlag(SCORM12_STRICT).orElse(DEFAULT.scorm12StrictLimits),
                given.optionalWord(SCORM2004_UNTOUCHED, UntouchedStatus.WORDS)
                        .orElse(DEFAULT.scorm2004Untouched));
    }

    /// Every setting by name.
    public ObjectNode json() {
        return Json.MAPPER
                .createObjectNode()
                .put(SCORM12_UNTOUCHED, scorm12Untouched.word())
                .put(SCORM12_FAILED, scorm12FailedIsComplete)
                .put(SCORM12_STRICT, scorm12StrictLimits)
                .put(SCORM2004_UNTOUCHED, scorm2004Untouched.word());
    }

    /// What [#json] wrote and the database kept.
    static ClientSettings stored(byte[] json) {
        return read(JsonFields.parse(json));
    }
}
