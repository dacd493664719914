package io.coursewire.webhooks.replay;

import java.util.UUID;

/// An event that a replay came across; `chosen` when it is one of those asked for.
record Candidate(long position, UUID event, boolean chosen) {}
