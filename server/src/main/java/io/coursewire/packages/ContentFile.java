package io.coursewire.packages;

import io.coursewire.kernel.ClientId;
import io.coursewire.packages.content.FileHash;

/// A file of a course as it is served.
public record ContentFile(ClientId client, FileHash hash, long sizeBytes, String mediaType) {}
