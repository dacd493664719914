package io.coursewire.offline.importing;

import io.coursewire.offline.mapping.RowFault;
import java.util.List;

/// What becomes of a row.
public sealed interface Verdict {
    /// A new attempt of this number.
    record Create(int number) implements Verdict {}

    /// An attempt that is there takes the row's values.
    record Change(Target target) implements Verdict {}

    /// Nothing; `why` is a sentence.
    record Skip(String why) implements Verdict {}

    record Refuse(List<RowFault> faults) implements Verdict {
        public Refuse {
            faults = List.copyOf(faults);
        }

        static Refuse of(String column, String value, String message) {
            return new Refuse(List.of(new RowFault(column, value, message)));
        }
    }

    /// The letter that stands for it.
    default char letter() {
        return switch (this) {
            case Create _ -> 'c';
            case Change _ -> 'u';
            case Skip _ -> 'n';
            case Refuse _ -> 'r';
        };
    }
}
