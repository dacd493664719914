package io.coursewire.api;

/// Ends a call early with a problem, from wherever in `api` its request turned out to be unacceptable.
/// Feature verbs do not know it: their outcomes are values.
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    Refused(Answer answer) {
        super("refused with status " + answer.status(), null, false, false);
        this.answer = answer;
    }

    Refused(ProblemType type, String detail) {
        this(Answer.problem(type, detail));
    }

    Answer answer() {
        return answer;
    }
}
