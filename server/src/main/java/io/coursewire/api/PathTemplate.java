package io.coursewire.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// A path with places for names: `/clients/{clientId}`. It is matched as it was sent, so that an encoded
/// slash is part of a name and not the end of it.
record PathTemplate(List<String> segments) implements Comparable<PathTemplate> {
    PathTemplate {
        segments = List.copyOf(segments);
    }

    static PathTemplate of(String path) {
        return new PathTemplate(split(path));
    }

    static List<String> split(String path) {
        return List.of(path.split("/", -1));
    }

    /// What stands in the places, still percent-encoded; empty when the path is another.
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != segments.size()
                || !IntStream.range(0, path.size()).allMatch(i -> fits(i, path.get(i)))) {
            return Optional.empty();
        }
        var places = new HashMap<String, String>();
        for (int i = 0; i < path.size(); i++) {
            if (isPlace(i)) {
                places.put(segments.get(i).substring(1, segments.get(i).length() - 1), path.get(i));
            }
        }
        return Optional.of(places);
    }

    /// Where both could match, the one that names more comes first.
    @Override
    public int compareTo(PathTemplate other) {
        for (int i = 0; i < Math.min(segments.size(), other.segments.size()); i++) {
            if (isPlace(i) != other.isPlace(i)) {
                return isPlace(i) ? 1 : -1;
            }
        }
        return String.join("/", segments).compareTo(String.join("/", other.segments));
    }

    private boolean fits(int index, String segment) {
        return isPlace(index) ? !segment.isEmpty() : segments.get(index).equals(segment);
    }

    private boolean isPlace(int index) {
        return segments.get(index).startsWith("{");
    }
}
