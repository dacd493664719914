package io.coursewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UuidTest {
    private static final int MANY = 100_000;

    @Test
    void each_sorts_after_those_made_before() {
        var ids = Stream.generate(Uuid::next).limit(MANY).map(UUID::toString).toList();
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void no_two_threads_get_the_same_time() {
        var times =
                IntStream.range(0, MANY)
                        .parallel()
                        .mapToLong(_ -> Uuid.next().getMostSignificantBits())
                        .toArray();
        assertThat(times).doesNotHaveDuplicates();
    }

    @Test
    void it_is_of_version_7_and_tells_when_it_was_made() {
        var before = Instant.now();
        var id = Uuid.next();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(Uuid.instantOf(id))
                .isBetween(before.minusMillis(1), Instant.now().plus(Duration.ofSeconds(1)));
        assertThat(id).isGreaterThan(Uuid.firstOf(before));
    }

    @Test
    void before_1970_is_before_all_and_never_after() {
        assertThat(Uuid.firstOf(Instant.parse("0001-01-01T00:00:00Z")))
                .isEqualTo(new UUID(0, 0))
                .isEqualTo(Uuid.firstOf(Instant.MIN));
        assertThat(Uuid.firstOf(Instant.MAX).toString()).startsWith("ffffffff-ffff");
    }

    @Test
    void a_clock_that_was_far_ahead_is_not_clung_to() {
        long now = 1_000_000_000L << 12;
        long second = 1_000L << 12;
        assertThat(Uuid.after(now + second, now)).isEqualTo(now + second + 1);
        assertThat(Uuid.after(now + 61 * second, now)).isEqualTo(now);
    }

    @Test
    void only_the_long_form_is_read() {
        var id = Uuid.next();
        assertThat(Uuid.parse(id.toString())).contains(id);
        assertThat(Uuid.parse("1-1-1-1-1")).isEmpty();
        assertThat(Uuid.parse(null)).isEmpty();
    }
}
