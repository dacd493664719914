package io.coursewire.packages.scorm2004;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// Sequencing control modes, and the two constrained choice considerations which ADL added to them.
public enum ControlMode {
    CHOICE("choice"),
    CHOICE_EXIT("choiceExit"),
    FLOW("flow"),
    FORWARD_ONLY("forwardOnly"),
    USE_CURRENT_ATTEMPT_OBJECTIVE_INFO("useCurrentAttemptObjectiveInfo"),
    USE_CURRENT_ATTEMPT_PROGRESS_INFO("useCurrentAttemptProgressInfo"),
    PREVENT_ACTIVATION("preventActivation"),
    CONSTRAIN_CHOICE("constrainChoice");

    /// The modes that are on unless the manifest turns them off.
    public static final Set<ControlMode> DEFAULT =
            Collections.unmodifiableSet(
                    EnumSet.of(
                            CHOICE,
                            CHOICE_EXIT,
                            USE_CURRENT_ATTEMPT_OBJECTIVE_INFO,
                            USE_CURRENT_ATTEMPT_PROGRESS_INFO));

    private final String attribute;

    ControlMode(String attribute) {
        this.attribute = attribute;
    }

    public String attribute() {
        return attribute;
    }
}
