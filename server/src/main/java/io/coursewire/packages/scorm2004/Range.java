package io.coursewire.packages.scorm2004;

/// A closed range of a number in the manifest.
enum Range {
    /// Weights, thresholds of progress, percentages.
    UNIT(0, 1),
    /// Measures of objectives.
    MEASURE(-1, 1);

    final double min;
    final double max;

    Range(double min, double max) {
        this.min = min;
        this.max = max;
    }

    void require(double value) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(value + " is outside " + this);
        }
    }

    @Override
    public String toString() {
        return min + " to " + max;
    }
}
