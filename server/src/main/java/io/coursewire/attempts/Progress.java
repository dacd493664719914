package io.coursewire.attempts;

/// How far an attempt got: what is known, whether that is its end, and the rule that decided it.
public record Progress(
        Completion completion,
        Success success,
        Score score,
        Presence presence,
        boolean isFinal,
        String rule) {
    public static final Progress NONE =
            new Progress(
                    Completion.UNKNOWN,
                    Success.UNKNOWN,
                    Score.NONE,
                    Presence.NEVER_OPENED,
                    false,
                    "none");

    Progress finalIf(boolean decided) {
        return new Progress(completion, success, score, presence, decided, rule);
    }

    Progress at(Presence place) {
        return new Progress(completion, success, score, place, isFinal, rule);
    }
}
