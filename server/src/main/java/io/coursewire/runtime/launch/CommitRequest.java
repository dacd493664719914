package io.coursewire.runtime.launch;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.LaunchId;
import io.coursewire.kernel.SessionId;
import java.util.List;

/// Every commit of a session that its player has not seen acknowledged, in order. None at all is a sign
/// of life.
public record CommitRequest(
        ClientId client, LaunchId launch, SessionId session, List<Commit> commits) {
    public CommitRequest {
        commits = List.copyOf(commits);
    }
}
