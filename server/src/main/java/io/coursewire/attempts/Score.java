package io.coursewire.attempts;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/// A participant's score, each part if available. `scaled` is 0..1 in what we tell, as its source gave
/// it in what we keep.
public record Score(
        Optional<BigDecimal> scaled,
        Optional<BigDecimal> raw,
        Optional<BigDecimal> minimum,
        Optional<BigDecimal> maximum) {
    public static final Score NONE =
            new Score(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /// The scaled score as given, else (raw - min) / (max - min) where max > min, else raw / 100; clamped
    /// to 0..1.
    public Optional<BigDecimal> scaledOrDerived() {
        return scaled.or(() -> raw.map(this::derived)).map(Score::clamp);
    }

    private BigDecimal derived(BigDecimal points) {
        BigDecimal lowest = minimum.orElse(BigDecimal.ZERO);
        boolean ranged = maximum.filter(highest -> highest.compareTo(lowest) > 0).isPresent();
        return ranged
                ? divide(points.subtract(lowest), maximum.get().subtract(lowest))
                : divide(points, HUNDRED);
    }

    private static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, MathContext.DECIMAL128);
    }

    private static BigDecimal clamp(BigDecimal value) {
        return value.max(BigDecimal.ZERO).min(BigDecimal.ONE);
    }
}
