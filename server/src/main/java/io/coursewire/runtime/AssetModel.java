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
    public RuntimeReport report(Elements elements, End end) {
        return new RuntimeReport.Asset(end != End.NONE);
    }

    @Override
    public Optional<BigDecimal> sessionSeconds(Elements elements) {
        return Optional.empty();
    }

    @Override
    public Presence presence(Elements elements, End end) {
        return end == End.NONE ? Presence.OPEN : Presence.LEFT;
    }
}
