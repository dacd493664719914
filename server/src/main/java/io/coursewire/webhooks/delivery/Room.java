package io.coursewire.webhooks.delivery;

/// Memory for events: how much there is, is left, or is taken.
record Room(int events, long bytes) {
    static final Room NONE = new Room(0, 0);

    boolean isNone() {
        return events <= 0 || bytes <= 0;
    }

    Room plus(Room more) {
        return new Room(events + more.events, bytes + more.bytes);
    }

    Room minus(Room less) {
        return new Room(events - less.events, bytes - less.bytes);
    }

    boolean isMoreThan(Room other) {
        return events > other.events || bytes > other.bytes;
    }
}
