package io.coursewire.runtime.launch;

import io.coursewire.kernel.ItemId;
import io.coursewire.packages.OutlineLine;
import io.coursewire.packages.PackageVersion;
import io.coursewire.packages.prerequisites.Prerequisites;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What a participant may open of a course without sequencing, by what is done of it.
///
/// @param statuses of the items that have been delivered in this course attempt, in the words of AttemptStatus
record OpenItems(
        PackageVersion version, Prerequisites prerequisites, Map<ItemId, String> statuses) {
    private static final Set<String> OVER = Set.of("passed", "completed", "failed");

    private static final String NOT_STARTED = "notStarted";

    /// @param objectives what content reported of the course's objectives, by their ids in upper case
    static OpenItems of(
            PackageVersion version, Map<ItemId, String> statuses, Map<String, String> objectives) {
        return new OpenItems(
                version, Prerequisites.of(version.content()).reported(objectives), statuses);
    }

    boolean isOpen(String identifier) {
        return prerequisites.isOpen(identifier, this::word);
    }

    /// The identifiers of what has to be done first.
    List<String> waitsFor(String identifier) {
        return prerequisites.waitsFor(identifier, this::word);
    }

    /// What to go on with where the participant has not chosen: what was begun, else what comes next, else the first.
    Optional<ItemId> toGoOnWith() {
        return first(line -> isOpen(line) && !status(line).equals(NOT_STARTED) && !isOver(line))
                .or(() -> first(line -> isOpen(line) && !isOver(line)))
                .or(() -> first(this::isOpen));
    }

    private Optional<ItemId> first(Predicate<String> wanted) {
        return version.content().outline().stream()
                .filter(OutlineLine::launchable)
                .map(OutlineLine::identifier)
                .filter(wanted)
                .map(version.itemIds()::get)
                .findFirst();
    }

    private boolean isOver(String identifier) {
        return OVER.contains(status(identifier));
    }

    private String status(String identifier) {
        return Optional.ofNullable(version.itemIds().get(identifier))
                .map(statuses::get)
                .orElse(NOT_STARTED);
    }

    /// In the words of the standards.
    private String word(String identifier) {
        var status = status(identifier);
        if (OVER.contains(status)) {
            return status;
        }
        return status.equals(NOT_STARTED) ? "not attempted" : "incomplete";
    }
}
