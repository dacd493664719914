package io.coursewire.packages;

import java.util.Optional;

/// A fault in a package that was tolerated.
///
/// @param code stable, for programs
/// @param message a sentence for people: what was found and what was made of it
/// @param place where: a file, with line or element path where there is one
public record PackageWarning(String code, String message, Optional<String> place) {}
