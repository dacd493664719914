package io.coursewire.bench.measure;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts durations in buckets that are at most 1/32 wide of what they hold, from a microsecond up.
public final class Histogram {
    private static final int SUB_BITS = 5;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;
    private static final int BUCKETS = (Long.SIZE - SUB_BITS) * SUB_BUCKETS;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

    public void add(long nanos) {
        counts.incrementAndGet(bucket(Math.max(0, nanos / 1_000)));
    }

    public void addAll(Histogram other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts.addAndGet(i, other.counts.get(i));
        }
    }

    public long count() {
        long count = 0;
        for (int i = 0; i < BUCKETS; i++) {
            count += counts.get(i);
        }
        return count;
    }

    /// The duration that so many of a hundred did not exceed; zero when nothing was counted.
    public Duration percentile(double percent) {
        long rank = (long) Math.ceil(count() * percent / 100);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts.get(i);
            if (seen >= rank && seen > 0) {
                return Duration.ofNanos(1_000 * middle(i));
            }
        }
        return Duration.ZERO;
    }

    static int bucket(long micros) {
        if (micros < SUB_BUCKETS) {
            return (int) micros;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros) - SUB_BITS;
        return (shift + 1) * SUB_BUCKETS + (int) (micros >>> shift) - SUB_BUCKETS;
    }

    static long middle(int bucket) {
        if (bucket < SUB_BUCKETS) {
            return bucket;
        }
        int shift = bucket / SUB_BUCKETS - 1;
        long low = (long) (SUB_BUCKETS + bucket % SUB_BUCKETS) << shift;
        return low + (1L << shift) / 2;
    }
}
