package io.coursewire.packages;

import java.util.Optional;

/// A package that cannot be brought in, by a fault that its sender can mend. Nothing of it is kept.
public final class PackageRefused extends RuntimeException {
    /// The code of an upload beyond the limit.
    public static final String UPLOAD_TOO_LARGE = "upload-too-large";

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient Optional<String> place;

    /// @param code stable, for programs
    /// @param message a sentence for people: what is wrong and what to do about it
    /// @param place where: an entry, a line, an element path
    public PackageRefused(String code, String message, Optional<String> place) {
        super(message);
        this.code = code;
        this.place = place;
    }

    public PackageRefused(String code, String message) {
        this(code, message, Optional.empty());
    }

    public PackageRefused(String code, String message, String place) {
        this(code, message, Optional.of(place));
    }

    public String code() {
        return code;
    }

    public Optional<String> place() {
        return place;
    }
}
