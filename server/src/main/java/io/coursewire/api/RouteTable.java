package io.coursewire.api;

import io.helidon.http.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Finds the route of a request.
final class RouteTable {
    /// A path that exists: its routes by method, and what stands in its places, percent-encoded.
    record Found(Map<String, Route> byMethod, Map<String, String> places) {
        Optional<Route> route(Method method) {
            return Optional.ofNullable(byMethod.get(method.text()));
        }
    }

    private final Map<PathTemplate, Map<String, Route>> routes = new TreeMap<>();

    RouteTable(List<Route> all) {
        all.forEach(this::add);
    }

    Optional<Found> find(String rawPath) {
        var path = PathTemplate.split(rawPath);
        for (var entry : routes.entrySet()) {
            var places = entry.getKey().match(path);
            if (places.isPresent()) {
                return Optional.of(new Found(entry.getValue(), places.get()));
            }
        }
        return Optional.empty();
    }

    private void add(Route route) {
        var byMethod = routes.computeIfAbsent(PathTemplate.of(route.path()), _ -> new TreeMap<>());
        if (byMethod.put(route.method().text(), route) != null) {
            throw new IllegalStateException(
                    "two routes for " + route.method() + " " + route.path());
        }
    }
}
