package io.coursewire.webhooks.delivery;

import io.coursewire.kernel.ClientId;
import io.coursewire.webhooks.DeliveryState;
import io.coursewire.webhooks.EndpointId;
import io.coursewire.webhooks.OrderingKey;
import io.coursewire.webhooks.Try;
import java.time.Instant;
import java.util.Optional;

/// Something to be recorded about deliveries to one endpoint.
sealed interface Outcome {
    EndpointId endpoint();

    OrderingKey key();

    int bucket();

    long epoch();

    /// Whether its lane goes on only once this is on record.
    default boolean isWaitedFor() {
        return false;
    }

    /// The fate of a delivery is known.
    record Settled(
            EndpointId endpoint, Assignment assignment, DeliveryState state, Optional<Try> last)
            implements OfAssignment {
        @Override
        public boolean isWaitedFor() {
            return state == DeliveryState.SUPERSEDED;
        }
    }

    /// A try failed: the delivery waits, and its lane behind it, until `nextTryAt`. `laneFailures` counts
    /// those in a row.
    record Failed(
            EndpointId endpoint,
            Assignment assignment,
            Try last,
            int laneFailures,
            Instant nextTryAt)
            implements OfAssignment {}

    /// The delivery waits behind others of its lane. What it supersedes among those with a position above
    /// `supersedesAbove` goes; the lower ones are in memory and were seen to there.
    record Joined(
            EndpointId endpoint, Assignment assignment, Instant nextTryAt, long supersedesAbove)
            implements OfAssignment {}

    /// Nothing of the lane is in memory any more; when nothing waits either, it flows again. `joined` counts those
    /// that had joined it by then.
    record Drained(
            EndpointId endpoint,
            OrderingKey key,
            int bucket,
            long epoch,
            int laneFailures,
            int joined)
            implements Outcome {
        @Override
        public boolean isWaitedFor() {
            return true;
        }
    }

    sealed interface OfAssignment extends Outcome {
        Assignment assignment();

        @Override
        default OrderingKey key() {
            return assignment().event().orderingKey();
        }

        @Override
        default int bucket() {
            return assignment().origin().bucket();
        }

        @Override
        default long epoch() {
            return assignment().origin().epoch();
        }

        default ClientId client() {
            return assignment().event().orderingKey().client();
        }
    }
}
