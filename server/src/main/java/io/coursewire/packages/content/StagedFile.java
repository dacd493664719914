package io.coursewire.packages.content;

import java.nio.file.Path;

/// A file of a package, unpacked and verified, not yet in the content store.
///
/// @param path in the package
/// @param staged where its bytes are
public record StagedFile(
        String path, FileHash hash, long sizeBytes, String mediaType, Path staged) {}
