package io.coursewire.packages;

import static java.util.stream.Collectors.toSet;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Whether two packages of one manifest identifier look like versions of one course: many tools give every
/// course the same identifier. Pure.
final class DifferenceRules {
    private static final double SHARED_MIN = 0.5;

    private DifferenceRules() {}

    static void warn(Map<String, String> titles, Package before, Package next, Warnings warnings) {
        if (titlesDiffer(titles, next.titles())) {
            warnings.add(
                    "title-differs",
                    "the course of this manifest identifier was called \""
                            + titles.values().iterator().next()
                            + "\"; if this is another course, bring it with as=new");
        }
        if (shared(identifiers(before), identifiers(next)) < SHARED_MIN) {
            warnings.add(
                    "items-differ",
                    "most items differ from those of the version so far; if this is another course,"
                            + " bring it with as=new");
        }
    }

    private static boolean titlesDiffer(Map<String, String> before, Map<String, String> next) {
        return before.values().stream()
                .noneMatch(
                        one ->
                                next.values().stream()
                                        .anyMatch(
                                                other ->
                                                        shared(words(one), words(other))
                                                                >= SHARED_MIN));
    }

    private static Set<String> words(String title) {
        return Arrays.stream(title.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .collect(toSet());
    }

    private static Set<String> identifiers(Package content) {
        return content.outline().stream()
                .filter(OutlineLine::launchable)
                .map(OutlineLine::identifier)
                .collect(toSet());
    }

    /// The part of the larger set that both have.
    private static double shared(Set<String> one, Set<String> other) {
        var both = new HashSet<>(one);
        both.retainAll(other);
        return (double) both.size() / Math.max(1, Math.max(one.size(), other.size()));
    }
}
