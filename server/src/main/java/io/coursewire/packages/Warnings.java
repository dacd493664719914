package io.coursewire.packages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Collects what was tolerated in one package. A fault that repeats without end is counted instead.
public final class Warnings {
    /// So many of one code are listed, the rest of them in one line.
    public static final int LISTED_PER_CODE_MAX = 20;

    private final List<PackageWarning> listed = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();

    public void add(String code, String message) {
        add(new PackageWarning(code, message, Optional.empty()));
    }

    public void add(String code, String message, String place) {
        add(new PackageWarning(code, message, Optional.of(place)));
    }

    public void add(PackageWarning warning) {
        if (counts.merge(warning.code(), 1, Integer::sum) <= LISTED_PER_CODE_MAX) {
            listed.add(warning);
        }
    }

    public List<PackageWarning> list() {
        var all = new ArrayList<>(listed);
        counts.forEach(
                (code, count) -> {
                    if (count > LISTED_PER_CODE_MAX) {
                        all.add(more(code, count - LISTED_PER_CODE_MAX));
                    }
                });
        return List.copyOf(all);
    }

    private static PackageWarning more(String code, int count) {
        return new PackageWarning(code, "and " + count + " more of this kind", Optional.empty());
    }
}
