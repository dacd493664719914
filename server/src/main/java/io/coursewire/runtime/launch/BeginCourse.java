package io.coursewire.runtime.launch;

import io.coursewire.attempts.AttemptKey;
import io.coursewire.runtime.Elements;
import io.coursewire.runtime.scorm2004.CourseState;
import io.coursewire.runtime.scorm2004.sequencing.NavigationRequest.Plain;
import io.coursewire.runtime.scorm2004.sequencing.Sequencer;
import org.jdbi.v3.core.Handle;

/// Begins a participant's new way through a sequenced course, with what is remembered of the one before.
final class BeginCourse {
    private final SessionStore sessions = new SessionStore();

    CourseState after(Handle db, SequencedCourse course, CourseState earlier) {
        return told(db, course, earlier).anew();
    }

    // Its last content may have ended with the browser, before sequencing heard what it reported.
    private CourseState told(Handle db, SequencedCourse course, CourseState state) {
        if (!state.awaitsReport() || !course.has(state.underWay().get().activity())) {
            return state;
        }
        var attempt = new AttemptKey(course.launch().client(), state.underWay().get().attemptId());
        var elements =
                sessions.newestInCourse(db, attempt).map(Session::elements).orElse(Elements.NONE);
        var data = AsReported.data(course, state, elements);
        return state.with(
                Sequencer.finish(course.tree(), state.tracking(), data, Plain.EXIT_ALL).state());
    }
}
