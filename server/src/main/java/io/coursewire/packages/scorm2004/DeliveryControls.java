package io.coursewire.packages.scorm2004;

/// `deliveryControls`, `limitConditions` and `randomizationControls`: how attempts on an activity are begun and ended.
public record DeliveryControls(
        boolean tracked,
        boolean completionSetByContent,
        boolean objectiveSetByContent,
        LimitConditions limits,
        Randomization randomization) {
    static final DeliveryControls DEFAULT =
            new DeliveryControls(true, false, false, LimitConditions.NONE, Randomization.NONE);
}
