package io.coursewire.webhooks;

/// Up to which position everything is decided: committed and visible, or never to come.
///
/// Positions are drawn before their transactions commit, so one that is lower than others already seen
/// may still appear. But a transaction has its number before it draws ([Outbox] sees to that). So whatever
/// was drawn before some transaction got its number belongs to lower numbers, and is settled when all of
/// those have ended.
public final class Horizon {
    private long settled;
    private long lastDrawn;
    private long noted;
    private long notedBelow;
    private boolean noting;

    public long settled() {
        return settled;
    }

    /// What one snapshot shows: every transaction with a number below `oldestRunning` has ended, and
    /// `drawn` is the highest position drawn so far.
    public void see(long oldestRunning, long drawn) {
        if (noting && oldestRunning >= notedBelow) {
            settled = noted;
            noting = false;
        }
        lastDrawn = drawn;
    }

    /// Whether the number of a new transaction would help to settle more.
    public boolean lacksTransaction() {
        return !noting && settled < lastDrawn;
    }

    /// A transaction got its number after what was seen last.
    public void transactionBegan(long number) {
        if (!noting) {
            noted = lastDrawn;
            notedBelow = number;
            noting = true;
        }
    }
}
