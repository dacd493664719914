package io.coursewire.packages.xml;

import java.util.Optional;

/// Where an element stands. Its path is written out only when it is told: each of a hundred thousand elements may stand
/// below a hundred names of a thousand characters.
record Place(String file, Optional<Place> above, String name, int line) {
    @Override
    public String toString() {
        return file + ", " + path() + " (line " + line + ")";
    }

    private String path() {
        return above.map(Place::path).orElse("") + "/" + name;
    }
}
