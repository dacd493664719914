package io.coursewire.bench.run;

import io.coursewire.bench.load.Flow;
import io.coursewire.bench.load.Player;
import java.net.URI;
import java.util.List;

/// A program that is measured, and the participants that use it.
record Target(String name, URI origin, ProcessHandle process, Flow flow, List<Player> players) {}
