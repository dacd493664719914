package io.coursewire.runtime;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/// Decimal numbers as content writes them.
public final class Decimals {
    // No exponents: none of the standards has them, and 1E999999999 would cost gigabytes to write
    // out.
    private static final Pattern FORM =
            Pattern.compile("[+-]?(\\d{1,15}(\\.\\d{0,15})?|\\.\\d{1,15})");

    private Decimals() {}

    /// Empty for what is not a number; it stays in the raw data.
    public static Optional<BigDecimal> parse(String text) {
        var trimmed = text.strip();
        return FORM.matcher(trimmed).matches()
                ? Optional.of(new BigDecimal(trimmed))
                : Optional.empty();
    }
}
