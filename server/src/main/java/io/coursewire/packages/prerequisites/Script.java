package io.coursewire.packages.prerequisites;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A condition on other items of the course, by their identifiers.
public sealed interface Script {
    /// An item alone: it is passed or completed.
    record Done(String item) implements Script {}

    /// `item="status"`
    record Is(String item, String status) implements Script {}

    /// `~a`; `item<>"status"` is the same about [Is].
    record Not(Script what) implements Script {}

    /// `a & b`
    record All(List<Script> of) implements Script {
        public All {
            of = List.copyOf(of);
        }
    }

    /// `n*{a, b, c}`: so many of them; `a | b` is one.
    record Some(int count, List<Script> of) implements Script {
        public Some {
            of = List.copyOf(of);
        }
    }

    /// A status of AICC, of which the first letter decides; empty for what is none.
    static Optional<String> status(String text) {
        return Optional.ofNullable(
                switch (text.isEmpty() ? ' ' : Character.toLowerCase(text.charAt(0))) {
                    case 'p' -> "passed";
                    case 'c' -> "completed";
                    case 'f' -> "failed";
                    case 'i' -> "incomplete";
                    case 'b' -> "browsed";
                    case 'n' -> "not attempted";
                    default -> null;
                });
    }

    /// @param status of each item: `passed`, `completed`, `failed`, `incomplete`, `browsed` or `not attempted`
    default boolean isMet(Function<String, String> status) {
        return switch (this) {
            case Done(var item) -> Set.of("passed", "completed").contains(status.apply(item));
            case Is(var item, var word) -> status.apply(item).equals(word);
            case Not(var what) -> !what.isMet(status);
            case All(var of) -> of.stream().allMatch(script -> script.isMet(status));
            case Some(var count, var of) ->
                    of.stream().filter(script -> script.isMet(status)).count() >= count;
        };
    }

    /// Every item that is named, in order.
    default Set<String> items() {
        return named().collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    private Stream<String> named() {
        return switch (this) {
            case Done(var item) -> Stream.of(item);
            case Is(var item, var _) -> Stream.of(item);
            case Not(var what) -> what.named();
            case All(var of) -> of.stream().flatMap(Script::named);
            case Some(var _, var of) -> of.stream().flatMap(Script::named);
        };
    }

    /// What remains without those items; empty where nothing does.
    default Optional<Script> without(Predicate<String> gone) {
        return switch (this) {
            case Done(var item) -> Optional.of(this).filter(_ -> !gone.test(item));
            case Is(var item, var _) -> Optional.of(this).filter(_ -> !gone.test(item));
            case Not(var what) -> what.without(gone).map(Not::new);
            case All(var of) -> rest(of, gone).map(All::new);
            case Some(var count, var of) ->
                    rest(of, gone).map(left -> new Some(Math.min(count, left.size()), left));
        };
    }

    private static Optional<List<Script>> rest(List<Script> of, Predicate<String> gone) {
        var left = of.stream().flatMap(script -> script.without(gone).stream()).toList();
        return Optional.of(left).filter(some -> !some.isEmpty());
    }
}
