package io.coursewire.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.UserId;
import io.coursewire.kernel.Uuid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private final RecentEvents recent = new RecentEvents();

    @Test
    void an_event_is_there_once() {
        var event = event(10);
        recent.add(List.of(event));
        assertThat(take(event)).contains(event);
        assertThat(take(event)).isEmpty();
    }

    @Test
    void an_event_is_forgotten_after_a_moment_so_that_later_changes_of_it_count() {
        var event = event(10);
        recent.add(List.of(event));
        var later = Uuid.instantOf(event.id()).plus(RecentEvents.AGE_MAX);
        assertThat(recent.take(event.id(), later)).isEmpty();
    }

    @Test
    void the_oldest_give_way_when_there_are_too_many() {
        var events = Stream.generate(() -> event(1)).limit(RecentEvents.KEPT_MAX + 1L).toList();
        recent.add(events);
        assertThat(take(events.getFirst())).isEmpty();
        assertThat(take(events.get(1))).isPresent();
    }

    @Test
    void the_oldest_give_way_when_they_are_too_large() {
        int half = Math.toIntExact(RecentEvents.BYTES_MAX / 2);
        var events = List.of(event(half), event(half), event(1));
        recent.add(events);
        assertThat(take(events.getFirst())).isEmpty();
        assertThat(take(events.get(1))).isPresent();
        recent.add(List.of(event(half)));
        assertThat(take(events.getLast())).isPresent();
    }

    private Optional<OutboxEvent> take(OutboxEvent event) {
        return recent.take(event.id(), Uuid.instantOf(event.id()));
    }

    private static OutboxEvent event(int bytes) {
        return new OutboxEvent(
                Uuid.next(),
                EventType.UPDATED,
                new OrderingKey(
                        new ClientId("acme"), new UserId(Uuid.next()), new ActivityId(Uuid.next())),
                Optional.empty(),
                0,
                Map.of(),
                new byte[bytes],
                Instant.now());
    }
}
