package io.coursewire.packages.scorm2004;

import io.coursewire.packages.Warnings;
import io.coursewire.packages.xml.XmlElement;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/// Reads single values of a manifest. What is no value of its kind is a warning, and the default takes its place.
final class Values {
    private final Warnings warnings;

    Values(Warnings warnings) {
        this.warnings = warnings;
    }

    Warnings warnings() {
        return warnings;
    }

    void warn(String code, String message, XmlElement at) {
        warnings.add(code, message, at.place());
    }

    boolean flag(XmlElement element, String attribute, boolean otherwise) {
        return switch (element.attribute(attribute).orElse("").toLowerCase(Locale.ROOT)) {
            case "" -> otherwise;
            case "true", "1" -> true;
            case "false", "0" -> false;
            case String value -> {
                badValue(element, attribute + " \"" + value + "\"", otherwise);
                yield otherwise;
            }
        };
    }

    double number(Optional<String> text, Range range, double otherwise, XmlElement at) {
        if (text.isEmpty()) {
            return otherwise;
        }
        var number = parse(text.get());
        if (number.isEmpty()) {
            badValue(at, "\"" + text.get() + "\"", otherwise);
            return otherwise;
        }
        var nearest = Math.clamp(number.getAsDouble(), range.min, range.max);
        if (nearest != number.getAsDouble()) {
            warn(
                    "out-of-range",
                    "\"" + text.get() + "\" is outside " + range + "; " + nearest + " is used",
                    at);
        }
        return nearest;
    }

    OptionalInt count(XmlElement element, String attribute) {
        var text = element.attribute(attribute);
        var number = text.map(Values::parse).orElse(OptionalDouble.empty());
        var value = number.orElse(-1);
        if (value >= 0 && value == Math.rint(value)) {
            return OptionalInt.of((int) Math.min(value, Integer.MAX_VALUE));
        }
        text.ifPresent(given -> badValue(element, attribute + " \"" + given + "\"", "none"));
        return OptionalInt.empty();
    }

    private static OptionalDouble parse(String text) {
        try {
            var number = Double.parseDouble(text);
            return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
        } catch (NumberFormatException _) {
            return OptionalDouble.empty();
        }
    }

    /// The constant for an attribute's word, in whatever letter case.
    <T> T word(
            XmlElement element,
            String attribute,
            T[] constants,
            Function<T, String> word,
            T otherwise) {
        var text = element.attribute(attribute);
        var found = text.flatMap(given -> find(constants, word, given));
        if (text.isPresent() && found.isEmpty()) {
            badValue(element, attribute + " \"" + text.get() + "\"", word.apply(otherwise));
        }
        return found.orElse(otherwise);
    }

    static <T> Optional<T> find(T[] constants, Function<T, String> word, String wanted) {
        for (var constant : constants) {
            if (word.apply(constant).equalsIgnoreCase(wanted)) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    private void badValue(XmlElement at, String what, Object instead) {
        warn("bad-value", what + " cannot be used; " + instead + " is used", at);
    }
}
