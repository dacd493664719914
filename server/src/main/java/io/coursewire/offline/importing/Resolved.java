package io.coursewire.offline.importing;

import io.coursewire.attempts.Existing.Pair;
import io.coursewire.catalog.ItemOfActivity;
import io.coursewire.catalog.Person;
import io.coursewire.offline.mapping.ResultRow;
import io.coursewire.offline.mapping.RowFault;
import java.util.List;
import java.util.UUID;

/// A row with whom and what it names found, or what is wrong with it.
sealed interface Resolved {
    /// `brings` are sentences about whom and what the row brings in.
    record Found(
            ResultRow row,
            Person person,
            ItemOfActivity item,
            UUID identity,
            UUID fingerprint,
            List<String> brings)
            implements Resolved {
        Pair pair() {
            return new Pair(person.id(), item.item());
        }
    }

    record Faulty(List<RowFault> faults) implements Resolved {}
}
