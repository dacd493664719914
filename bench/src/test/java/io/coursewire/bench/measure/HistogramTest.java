package io.coursewire.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HistogramTest {
    @Test
    void percentiles_are_within_a_thirtieth_of_the_truth() {
        var random = new Random(7);
        long[] nanos = LongStream.generate(() -> nanos(random)).limit(20_000).sorted().toArray();
        var histogram = new Histogram();
        for (long each : nanos) {
            histogram.add(each);
        }
        for (int percent : new int[] {1, 50, 90, 99, 100}) {
            double truth = nanos[(int) Math.ceil(nanos.length * percent / 100.0) - 1];
            assertThat(histogram.percentile(percent).toNanos() / truth)
                    .as("p" + percent)
                    .isBetween(1 - 1 / 30.0, 1 + 1 / 30.0);
        }
    }

    @Test
    void buckets_follow_each_other_without_holes() {
        for (long micros = 1; micros < 1_000_000; micros++) {
            assertThat(Histogram.bucket(micros) - Histogram.bucket(micros - 1)).isBetween(0, 1);
        }
    }

    @Test
    void two_histograms_add_up() {
        var one = new Histogram();
        one.add(1_000_000);
        var other = new Histogram();
        other.add(9_000_000);
        other.add(9_000_000);
        one.addAll(other);
        assertThat(one.count()).isEqualTo(3);
        assertThat(one.percentile(50)).isGreaterThan(Duration.ofMillis(8));
    }

    @Test
    void nothing_has_no_percentile() {
        assertThat(new Histogram().percentile(99)).isEqualTo(Duration.ZERO);
    }

    // From tens of microseconds to seconds.
    private static long nanos(Random random) {
        return (long) Math.exp(Math.log(50_000) + random.nextDouble() * Math.log(100_000));
    }
}
