package io.coursewire.api;

import io.coursewire.attempts.Attempt;
import io.coursewire.attempts.StatusPolicy;
import io.coursewire.attempts.StatusRules;
import io.coursewire.runtime.launch.CourseMove;
import io.coursewire.runtime.launch.Explanation;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An explanation as JSON.
final class AttemptExplanationView {
    private AttemptExplanationView() {}

    static ObjectNode of(Explanation explanation) {
        var attempt = explanation.attempt();
        var view =
                View.object()
                        .put("attemptId", attempt.key().id().toString())
                        .put("status", StatusRules.status(attempt.progress()).word())
                        .put("rule", attempt.progress().rule());
        view.set("inputs", inputs(explanation));
        view.set("settings", settings(attempt.policy()));
        view.put("final", attempt.progress().isFinal());
        launches(view.putArray("launches"), explanation);
        commits(view.putArray("commits"), explanation);
        rejectedCalls(view.putArray("rejectedCalls"), explanation);
        var sequencing = view.putArray("sequencing");
        explanation.moves().forEach(move -> sequencing.add(move(move)));
        return view;
    }

    private static ObjectNode inputs(Explanation explanation) {
        var inputs = explanation.report().map(ReportedInputs::of).orElseGet(View::object);
        return stored(inputs, explanation.attempt());
    }

    // What was known before stays: a later report never lowers it.
    private static ObjectNode stored(ObjectNode inputs, Attempt attempt) {
        return inputs.put("dataSource", attempt.dataSource().word())
                .put("completion", attempt.progress().completion().word())
                .put("success", attempt.progress().success().word())
                .put("presence", attempt.progress().presence().word());
    }

    private static ObjectNode settings(StatusPolicy policy) {
        return View.object()
                .put("scorm12.untouchedStatus", untouched(policy.scorm12UntouchedCompletes()))
                .put("scorm12.failedIsComplete", policy.scorm12FailedIsFinal())
                .put("scorm2004.untouchedStatus", untouched(policy.scorm2004UntouchedCompletes()));
    }

    private static String untouched(boolean completes) {
        return completes ? "completed" : "incomplete";
    }

    private static void launches(ArrayNode launches, Explanation explanation) {
        for (var link : explanation.launches()) {
            var view = launches.addObject();
            view.put("launchId", link.id().toString()).put("mode", link.mode());
            time(view, "createdAt", Optional.of(link.created()));
            time(view, "expiresAt", Optional.of(link.expires()));
            time(view, "redeemedAt", link.redeemed());
            time(view, "revokedAt", link.revoked());
        }
    }

    private static void commits(ArrayNode commits, Explanation explanation) {
        for (var session : explanation.sessions()) {
            var view = commits.addObject();
            view.put("sessionId", session.id().toString())
                    .put("launchId", session.launch().toString());
            time(view, "openedAt", Optional.of(session.opened()));
            time(view, "lastSeenAt", Optional.of(session.lastSeen()));
            time(view, "closedAt", session.closed());
            view.put("closeCause", session.closeCause().orElse(null))
                    .put("count", session.commits())
                    .put("durationSeconds", session.seconds());
        }
    }

    private static void rejectedCalls(ArrayNode calls, Explanation explanation) {
        for (var rejected : explanation.rejectedCalls()) {
            var call = rejected.call();
            var view = calls.addObject();
            view.put("sessionId", rejected.session().toString())
                    .put("sequence", rejected.sequence())
                    .put("call", call.call())
                    .put("element", call.element())
                    .put("value", call.value())
                    .put("error", call.error());
            time(view, "at", Optional.of(rejected.at()));
        }
    }

    private static ObjectNode move(CourseMove move) {
        var view = View.object();
        time(view, "at", Optional.of(move.at()));
        view.put("request", move.request())
                .put("decision", move.decision())
                .put("activity", move.activity().orElse(null));
        var reasons = view.putArray("reasons");
        for (var step : move.reasons()) {
            reasons.addObject()
                    .put("clause", step.clause())
                    .put("activity", step.activity())
                    .put("decided", step.decided());
        }
        return view;
    }

    private static void time(ObjectNode view, String name, Optional<Instant> at) {
        view.put(name, at.map(Instant::toString).orElse(null));
    }
}
