package io.coursewire.packages;

/// The standards that a course's package can be written in.
public enum Standard {
    SCORM_12("scorm12", "SCORM 1.2"),
    SCORM_2004("scorm2004", "SCORM 2004"),
    AICC("aicc", "AICC"),
    CMI5("cmi5", "cmi5"),
    XAPI("xapi", "xAPI (Tin Can)");

    private final String word;
    private final String title;

    Standard(String word, String title) {
        this.word = word;
        this.title = title;
    }

    /// How the standard is written in JSON and in the database.
    public String word() {
        return word;
    }

    /// How people call it.
    public String title() {
        return title;
    }

    static Standard of(String word) {
        for (var standard : values()) {
            if (standard.word.equals(word)) {
                return standard;
            }
        }
        throw new IllegalArgumentException("not a standard: " + word);
    }
}
