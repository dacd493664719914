package io.coursewire.packages.scorm2004;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// How an item appears: `isvisible` in the contents tree, and the controls that `adlnav:hideLMSUI` takes away while it is
/// delivered.
public record Presentation(boolean visible, Set<Control> hidden) {
    static final Presentation DEFAULT = new Presentation(true, Set.of());

    public Presentation {
        var copy = EnumSet.noneOf(Control.class);
        copy.addAll(hidden);
        hidden = Collections.unmodifiableSet(copy);
    }

    /// The vocabulary of hideLMSUI.
    public enum Control {
        CONTINUE("continue"),
        PREVIOUS("previous"),
        EXIT("exit"),
        EXIT_ALL("exitAll"),
        ABANDON("abandon"),
        ABANDON_ALL("abandonAll"),
        SUSPEND_ALL("suspendAll");

        private final String word;

        Control(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
