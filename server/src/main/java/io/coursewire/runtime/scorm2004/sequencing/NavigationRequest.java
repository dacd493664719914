package io.coursewire.runtime.scorm2004.sequencing;

import java.util.Optional;
import java.util.regex.Pattern;

/// A navigation request, from a control of the player or from content (`adl.nav.request`).
public sealed interface NavigationRequest {
    /// The requests without a target.
    enum Plain implements NavigationRequest {
        START("start"),
        RESUME_ALL("resumeAll"),
        CONTINUE("continue"),
        PREVIOUS("previous"),
        EXIT("exit"),
        EXIT_ALL("exitAll"),
        ABANDON("abandon"),
        ABANDON_ALL("abandonAll"),
        SUSPEND_ALL("suspendAll");

        private final String word;

        Plain(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    record Choice(String target) implements NavigationRequest {
        @Override
        public String word() {
            return "{target=" + target + "}choice";
        }
    }

    record Jump(String target) implements NavigationRequest {
        @Override
        public String word() {
            return "{target=" + target + "}jump";
        }
    }

    Pattern TARGETED = Pattern.compile("\\{target=(.+)}(choice|jump)", Pattern.DOTALL);

    /// The request as content writes it.
    String word();

    /// What content asks for when it finishes.
    ///
    /// @param request its `adl.nav.request`, empty where it set none
    /// @param exit its `cmi.exit`: with `time-out` and `logout` the learner leaves the course, whatever was asked for (RTE 4.2.8)
    static Optional<NavigationRequest> fromContent(String request, String exit) {
        return exit.equals("time-out") || exit.equals("logout")
                ? Optional.of(Plain.EXIT_ALL)
                : parse(request);
    }

    /// Reads a value of `adl.nav.request`. Empty for `_none_` and for what content may not ask for.
    static Optional<NavigationRequest> parse(String value) {
        var targeted = TARGETED.matcher(value);
        if (targeted.matches()) {
            var target = targeted.group(1);
            return Optional.of(
                    targeted.group(2).equals("jump") ? new Jump(target) : new Choice(target));
        }
        for (var plain : Plain.values()) {
            if (plain.word.equals(value) && plain != Plain.START && plain != Plain.RESUME_ALL) {
                return Optional.of(plain);
            }
        }
        return Optional.empty();
    }
}
