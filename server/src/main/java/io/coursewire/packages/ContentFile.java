package io.coursewire.packages;

import io.coursewire.packages.content.FileHash;

/// A file of a course as it is served.
public record ContentFile(FileHash hash, long sizeBytes, String mediaType) {}
