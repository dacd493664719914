package io.coursewire.webhooks.delivery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The events that were claimed and are not yet acknowledged, and how many of their lanes have no
/// recorded fate. Used by one thread.
final class Flights {
    static final Room MAX = new Room(4_096, 64L * 1024 * 1024);

    private static final class Flight {
        final Claimed claimed;
        final boolean unwanted;
        int open;

        Flight(Claimed claimed, int lanes, boolean unwanted) {
            this.claimed = claimed;
            this.open = lanes;
            this.unwanted = unwanted;
        }
    }

    /// An event all of whose lanes have a fate; `unwanted` when there was none.
    record Landed(Claimed claimed, boolean unwanted) {}

    private final Map<Long, Flight> flights = new HashMap<>();
    private final List<Landed> withoutLanes = new ArrayList<>();
    private long bytes;

    /// The room that is left for more.
    Room left() {
        return MAX.minus(new Room(flights.size(), bytes));
    }

    /// Whether there is less room left than is taken, so that someone may have more than all others can have.
    boolean areCrowded() {
        return new Room(flights.size(), bytes).isMoreThan(left());
    }

    /// `lanes` counts those whose fate is open; none when nobody wants the event, or all were recorded by
    /// an earlier owner.
    void begin(Claimed claimed, int lanes, boolean unwanted) {
        flights.put(claimed.position(), new Flight(claimed, lanes, unwanted));
        bytes += claimed.event().payload().length;
        if (lanes == 0) {
            withoutLanes.add(new Landed(claimed, unwanted));
        }
    }

    boolean hasLanded() {
        return !withoutLanes.isEmpty();
    }

    Set<Integer> bucketsWithoutLanes() {
        return withoutLanes.stream()
                .map(landed -> landed.claimed().bucket())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /// The events that have landed once these outcomes are recorded.
    List<Landed> landing(List<Outcome> outcomes) {
        var landed = new ArrayList<>(withoutLanes);
        countByPosition(outcomes)
                .forEach(
                        (position, count) -> {
                            Flight flight = flights.get(position);
                            if (flight != null && flight.open == count) {
                                landed.add(new Landed(flight.claimed, false));
                            }
                        });
        return landed;
    }

    /// The outcomes are recorded and what landed with them is acknowledged.
    void recorded(List<Outcome> outcomes, List<Landed> landed) {
        countByPosition(outcomes)
                .forEach(
                        (position, count) -> {
                            Flight flight = flights.get(position);
                            if (flight != null) {
                                flight.open -= count;
                            }
                        });
        landed.forEach(one -> remove(one.claimed()));
        withoutLanes.removeAll(landed);
    }

    /// These buckets belong to someone else now.
    void drop(Set<Integer> buckets) {
        List.copyOf(flights.values()).stream()
                .map(flight -> flight.claimed)
                .filter(claimed -> buckets.contains(claimed.bucket()))
                .forEach(this::remove);
        withoutLanes.removeIf(landed -> buckets.contains(landed.claimed().bucket()));
    }

    boolean isIdle(int bucket) {
        return flights.values().stream().noneMatch(flight -> flight.claimed.bucket() == bucket);
    }

    private void remove(Claimed claimed) {
        if (flights.remove(claimed.position()) != null) {
            bytes -= claimed.event().payload().length;
        }
    }

    // A delivery that waited has been counted for its event when it began to wait.
    private static Map<Long, Integer> countByPosition(List<Outcome> outcomes) {
        Map<Long, Integer> counts = new HashMap<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.OfAssignment of && !of.assignment().waiting()) {
                counts.merge(of.assignment().position(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
