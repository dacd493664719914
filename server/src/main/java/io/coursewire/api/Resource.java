package io.coursewire.api;

import java.util.List;

/// A feature as HTTP sees it: reads requests, calls the feature's verbs, shows what they answered.
public interface Resource {
    List<Route> routes();
}
