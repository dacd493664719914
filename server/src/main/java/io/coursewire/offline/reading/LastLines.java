package io.coursewire.offline.reading;

import java.util.BitSet;

/// On which line of a file each of many keys comes last, and whether it was named outright there; 12 bytes per place.
/// Keys are told apart by 64 bits of a digest: where two should have the same, both wait for the later line.
final class LastLines {
    private static final int PLACES_MIN = 1 << 10;

    private final int keysMax;
    private long[] digests = new long[PLACES_MIN];
    private int[] lines = new int[PLACES_MIN];
    private final BitSet refused = new BitSet();
    private int size;

    LastLines(int keysMax) {
        this.keysMax = keysMax;
    }

    /// False when there are more keys than are taken. Lines come in their order, from 1.
    boolean see(String key, long line, boolean outright) {
        if (size * 2 >= digests.length) {
            grow();
        }
        int place = place(digest(key), digests);
        if (lines[place] == 0) {
            size++;
        }
        digests[place] = digest(key);
        // The sign says that the key was named outright.
        boolean named = outright || lines[place] < 0;
        lines[place] = named ? -Math.toIntExact(line) : Math.toIntExact(line);
        return size <= keysMax;
    }

    boolean isLast(String key, long line) {
        return Math.abs(lines[place(digest(key), digests)]) == line;
    }

    boolean isNamed(String key) {
        return lines[place(digest(key), digests)] < 0;
    }

    /// Marks a key, once all of them were seen.
    void refuse(String key) {
        refused.set(place(digest(key), digests));
    }

    boolean isRefused(String key) {
        return refused.get(place(digest(key), digests));
    }

    private void grow() {
        var old = digests;
        var oldLines = lines;
        digests = new long[old.length * 2];
        lines = new int[old.length * 2];
        for (int i = 0; i < old.length; i++) {
            if (oldLines[i] != 0) {
                int place = place(old[i], digests);
                digests[place] = old[i];
                lines[place] = oldLines[i];
            }
        }
    }

    // Its own, or the free one where it would be.
    private int place(long digest, long[] among) {
        int place = (int) digest & among.length - 1;
        while (lines[place] != 0 && among[place] != digest) {
            place = place + 1 & among.length - 1;
        }
        return place;
    }

    private static long digest(String key) {
        long digest = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            digest = (digest ^ key.charAt(i)) * 0x100000001b3L;
        }
        digest = (digest ^ digest >>> 32) * 0xd6e8feb86659fd93L;
        return digest ^ digest >>> 32;
    }
}
