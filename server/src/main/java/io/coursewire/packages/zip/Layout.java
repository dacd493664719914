package io.coursewire.packages.zip;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Where the entries lie in the zip. Entries that overlap are how a small zip unpacks to terabytes; an
/// entry between the listed ones is what other programs would see and we would not.
final class Layout {
    private static final int DESCRIPTOR_BYTES_MAX = 24;

    private record Extent(long start, Entry entry) {}

    private final ZipBytes zip;
    private final List<Extent> extents = new ArrayList<>();

    Layout(ZipBytes zip) {
        this.zip = zip;
    }

    void add(long start, Entry entry) {
        extents.add(new Extent(start, entry));
    }

    void require(long directoryOffset) throws IOException {
        extents.sort(Comparator.comparingLong(Extent::start));
        if (extents.getFirst().start != 0) {
            throw Damaged.zip("the zip begins with an entry that its directory lacks");
        }
        for (int n = 0; n < extents.size(); n++) {
            boolean last = n + 1 == extents.size();
            requireApart(extents.get(n).entry, last ? directoryOffset : extents.get(n + 1).start);
        }
    }

    private void requireApart(Entry entry, long next) throws IOException {
        if (entry.sizes().compressed() < 0
                || entry.sizes().compressed() > next - entry.dataOffset()) {
            throw Damaged.entry(entry.path(), "the entry overlaps what follows it");
        }
        int looked = (int) Math.min(next - entry.end(), DESCRIPTOR_BYTES_MAX + Integer.BYTES);
        var gap = zip.read(entry.end(), looked);
        for (int at = 0; at + Integer.BYTES <= looked; at++) {
            if (gap.getInt(at) == Header.LOCAL) {
                throw Damaged.entry(
                        entry.path(), "an entry that the directory lacks follows this one");
            }
        }
    }
}
