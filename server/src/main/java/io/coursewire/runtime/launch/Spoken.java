package io.coursewire.runtime.launch;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.SessionId;
import io.coursewire.runtime.Elements;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Function;

/// What content says past the player, straight to the server: without a number, heard in the order in which it comes.
///
/// @param says what it changes, given what is stored
/// @param offset of the times of day in it
/// @param finish content ends the session with it
public record Spoken(
        ClientId client,
        SessionId session,
        Function<Elements, Map<String, String>> says,
        ZoneOffset offset,
        boolean finish) {}
