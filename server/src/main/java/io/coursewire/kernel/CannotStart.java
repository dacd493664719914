package io.coursewire.kernel;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Why Coursewire cannot start, in a sentence for its operator that says what to do. Shown without a
/// stack trace.
public final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotStart(String message) {
        super(message);
    }

    public CannotStart(String message, Throwable cause) {
        super(message, cause);
    }

    /// On a data folder that cannot be made, read or written.
    public static CannotStart on(Path dataFolder, IOException cause) {
        return new CannotStart(
                "The data folder %s cannot be used: %s. Give Coursewire another --data-dir, or the right to write there."
                        .formatted(dataFolder, reason(cause)),
                cause);
    }

    // The system's exceptions say with their class what they leave out of their message.
    private static String reason(IOException cause) {
        return switch (cause) {
            case FileAlreadyExistsException taken -> taken.getFile() + " is a file";
            case NoSuchFileException none -> none.getFile() + " cannot be made there";
            case AccessDeniedException denied -> denied.getFile() + " may not be accessed";
            default -> cause.getMessage();
        };
    }
}
