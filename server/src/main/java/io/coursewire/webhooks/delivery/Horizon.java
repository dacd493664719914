package io.coursewire.webhooks.delivery;

/// Up to which position everything is decided: committed and visible, or never to come.
///
/// Positions are drawn before their transactions commit, so one that is lower than others already seen
/// may still appear. But a transaction has its number before it draws ([io.coursewire.webhooks.Outbox]
/// sees to that). So whatever was drawn before some transaction got its number belongs to lower
/// numbers, and is settled when all of those have ended.
final class Horizon {
    private long settled;
    private long lastDrawn;
    private long noted;
    private long notedBelow;
    private boolean noting;

    long settled() {
        return settled;
    }

    void see(FeedStore.Page page) {
        if (noting && page.oldestRunning() >= notedBelow) {
            settled = noted;
            noting = false;
        }
        lastDrawn = page.lastDrawn();
    }

    /// A transaction got its number after the page seen last.
    void transactionBegan(long number) {
        if (!noting) {
            noted = lastDrawn;
            notedBelow = number;
            noting = true;
        }
    }
}
