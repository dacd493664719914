package io.coursewire.runtime.launch;

import io.coursewire.runtime.DataModel.Change;

/// What content changed since the commit before. Numbered from 1 within its session and never altered
/// once numbered, so that one sent twice is known.
///
/// @param finish content ended the session itself
/// @param left the page went away without that
public record Commit(int sequence, Change change, boolean finish, boolean left) {}
