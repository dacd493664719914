package io.coursewire.attempts;

/// The client's answers where implementations of the standards diverge.
///
/// `scorm12UntouchedCompletes`: content that set no status is completed at a normal exit (setting
/// `scorm12.untouchedStatus`). `scorm12FailedIsFinal`: failed means finished and failed, not "retake"
/// (setting `scorm12.failedIsComplete`). `scorm2004UntouchedCompletes`: as for SCORM 1.2 (setting
/// `scorm2004.untouchedStatus`).
public record StatusPolicy(
        boolean scorm12UntouchedCompletes,
        boolean scorm12FailedIsFinal,
        boolean scorm2004UntouchedCompletes) {
    public static final StatusPolicy DEFAULT = new StatusPolicy(true, true, true);
}
