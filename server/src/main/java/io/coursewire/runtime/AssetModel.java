package io.coursewire.runtime;

import io.coursewire.attempts.Presence;
import io.coursewire.attempts.RuntimeReport;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/// Content that does not speak: a document, a page, a video. It is done when its delivery ends.
public final class AssetModel implements DataModel {
    @Override
    public Elements reopened(Elements stored) {
        return Elements.NONE;
    }

    @Override
    public Map<String, String> seed(Elements stored, Opening opening) {
        return Map.of();
    }

    @Override
    public Elements merge(Elements stored, Change change) {
        return stored;
    }

    @Override
    public RuntimeReport report(Elements elements, boolean finished) {
        return new RuntimeReport.Asset(finished);
    }

    @Override
    public Optional<BigDecimal> sessionSeconds(Elements elements) {
        return Optional.empty();
    }

    @Override
    public Presence left(Elements elements, boolean finished) {
        return Presence.LEFT;
    }
}
