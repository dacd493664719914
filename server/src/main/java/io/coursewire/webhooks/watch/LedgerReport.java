package io.coursewire.webhooks.watch;

import io.coursewire.kernel.ClientId;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/// What a recount found: every difference between what was counted and what there is. None is as it must be.
///
/// @param daysChecked the days whose deliveries are all stored
public record LedgerReport(
        long eventsChecked,
        long deliveriesChecked,
        int daysChecked,
        List<Difference> differences,
        List<Offender> offenders) {
    public static final int OFFENDERS_MAX = 1_000;

    public LedgerReport {
        differences = List.copyOf(differences);
        offenders = List.copyOf(offenders);
    }

    public boolean holds() {
        return differences.isEmpty() && offenders.isEmpty();
    }

    /// A count that is not the number of rows.
    public record Difference(
            ClientId client, LocalDate day, String what, long counted, long found) {}

    /// An event that was given to more endpoints than there are deliveries of it.
    public record Offender(ClientId client, UUID event, int endpoints, int deliveries) {}
}
