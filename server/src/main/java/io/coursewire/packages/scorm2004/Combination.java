package io.coursewire.packages.scorm2004;

/// How the conditions of a rule combine.
public enum Combination {
    ALL,
    ANY
}
