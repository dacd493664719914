package io.coursewire.runtime.aicc.hacp;

/// What content is answered: an error number, its text, and for `GetParam` the data.
enum HacpAnswer {
    SUCCESSFUL(0, "Successful"),
    INVALID_COMMAND(1, "Invalid command"),
    TOO_LARGE(1, "More data than can be stored"),
    INVALID_PASSWORD(2, "Invalid AU password"),
    INVALID_SESSION(3, "Invalid session id");

    private static final String VERSION = "4.0";

    private final int error;
    private final String text;

    HacpAnswer(int error, String text) {
        this.error = error;
        this.text = text;
    }

    String with(String data) {
        return "error=%d\r\nerror_text=%s\r\nversion=%s\r\naicc_data=%s"
                .formatted(error, text, VERSION, data);
    }
}
