package io.coursewire.kernel;

import java.math.BigDecimal;

/// How far a decimal of outside text is from the point. `1e-2000000000` is a few characters; written out, scaled or
/// compared digit by digit it is gigabytes. Pure.
public final class Magnitude {
    /// Digits on either side of the point: as many as JSON's longest number has without an exponent.
    public static final int DIGITS_MAX = Json.NUMBER_CHARS_MAX;

    private Magnitude() {}

    /// Whether the number may be counted with.
    public static boolean isOrdinary(BigDecimal number) {
        long scale = number.scale();
        return Math.abs(scale) <= DIGITS_MAX && Math.abs(number.precision() - scale) <= DIGITS_MAX;
    }

    /// The number written out; one that is not ordinary keeps its exponent, which no reader of ours takes.
    public static String text(BigDecimal number) {
        return isOrdinary(number) ? number.toPlainString() : number.toString();
    }
}
