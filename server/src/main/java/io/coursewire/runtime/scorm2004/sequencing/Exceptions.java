package io.coursewire.runtime.scorm2004.sequencing;

import java.util.Map;

/// The exception codes of the specification in words.
final class Exceptions {
    private static final Map<String, String> MESSAGES =
            Map.ofEntries(
                    Map.entry("NB.2.1-1", "The course has already begun."),
                    Map.entry("NB.2.1-2", "The course has not begun."),
                    Map.entry("NB.2.1-3", "Nothing is suspended that could be resumed."),
                    Map.entry("NB.2.1-4", "This part of the course does not allow going on."),
                    Map.entry("NB.2.1-5", "This part of the course does not allow going back."),
                    Map.entry("NB.2.1-6", "There is nothing before the course itself."),
                    Map.entry(
                            "NB.2.1-8",
                            "This part of the course cannot be left by choosing another."),
                    Map.entry("NB.2.1-10", "This part of the course is not open to choice."),
                    Map.entry(
                            "NB.2.1-11",
                            "There is no such activity, or it is not among those offered."),
                    Map.entry("NB.2.1-12", "The activity has already ended."),
                    Map.entry("TB.2.3-1", "No activity is under way."),
                    Map.entry("TB.2.3-2", "The activity has already ended."),
                    Map.entry("TB.2.3-3", "There is nothing to suspend."),
                    Map.entry("TB.2.3-4", "The course has no parent that could be left."),
                    Map.entry("SB.2.1-2", "A part of the course offers no activities."),
                    Map.entry("SB.2.1-3", "There is nothing before the first activity."),
                    Map.entry("SB.2.1-4", "This part of the course only goes forward."),
                    Map.entry("SB.2.2-1", "The next part of the course does not allow going on."),
                    Map.entry("SB.2.2-2", "The next activity is disabled."),
                    Map.entry("SB.2.4-1", "An activity on the way must be finished first."),
                    Map.entry("SB.2.4-2", "This part of the course only goes forward."),
                    Map.entry("SB.2.5-1", "The course has already begun."),
                    Map.entry("SB.2.6-1", "The course has already begun."),
                    Map.entry("SB.2.6-2", "Nothing is suspended that could be resumed."),
                    Map.entry("SB.2.7-1", "The course has not begun."),
                    Map.entry("SB.2.7-2", "This part of the course does not allow going on."),
                    Map.entry("SB.2.8-1", "The course has not begun."),
                    Map.entry("SB.2.8-2", "This part of the course does not allow going back."),
                    Map.entry("SB.2.9-2", "The activity is not among those offered."),
                    Map.entry("SB.2.9-3", "The activity is hidden from choice."),
                    Map.entry("SB.2.9-4", "This part of the course is not open to choice."),
                    Map.entry(
                            "SB.2.9-6",
                            "The activity can only be reached from within its part of the course."),
                    Map.entry(
                            "SB.2.9-7",
                            "This part of the course cannot be left by choosing another."),
                    Map.entry(
                            "SB.2.9-8",
                            "Only the neighbouring parts of the course can be chosen from here."),
                    Map.entry("SB.2.9-9", "The chosen part of the course has nothing to show now."),
                    Map.entry("SB.2.10-1", "The course has not begun."),
                    Map.entry("SB.2.10-2", "The activity is still under way."),
                    Map.entry("SB.2.10-3", "There is nothing to try again now."),
                    Map.entry("SB.2.11-1", "The course has not begun."),
                    Map.entry("SB.2.11-2", "The activity is still under way."),
                    Map.entry("SB.2.13-1", "The course has not begun."),
                    Map.entry("DB.1.1-1", "A part of the course holds no content itself."),
                    Map.entry("DB.1.1-3", "The activity is disabled."));

    private Exceptions() {}

    static String message(String code) {
        return MESSAGES.getOrDefault(code, code);
    }
}
