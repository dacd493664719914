package io.coursewire.runtime.launch;

import io.coursewire.runtime.DataModel.Change;
import java.util.List;

/// What content changed since the commit before. Numbered from 1 within its session and never altered
/// once numbered, so that one sent twice is known.
///
/// @param rejected calls that the data model refused
/// @param finish content ended the session itself
/// @param left the page went away without that
public record Commit(
        int sequence, Change change, List<RejectedCall> rejected, boolean finish, boolean left) {
    public Commit {
        rejected = List.copyOf(rejected);
    }
}
