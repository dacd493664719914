package io.coursewire.app.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Everything that can be set, by flag, environment variable or key in `coursewire.properties`, all of the same
/// name: `--data-dir`, `COURSEWIRE_DATA_DIR`, `data-dir`.
enum Setting {
    HOST("127.0.0.1", "Address to listen on; 0.0.0.0 is all of this machine's."),
    PORT("8080", "Port of the API; 0 is any free one."),
    CONTENT_PORT("8081", "Port of player and course content; 0 is any free one."),
    METRICS_PORT("none", "Port of /metrics without a key; without one an admin key is needed."),
    PUBLIC_URL("http://localhost:PORT", "How others reach the API, such as https://lms.example."),
    CONTENT_URL(
            "http://127.0.0.1:CONTENT_PORT",
            "How others reach player and content: another origin, best another domain. {client} in it makes one origin per client."),
    DATA_DIR("./data", "Folder of the course files, the secret key and the embedded database."),
    DATABASE_URL(
            "embedded PostgreSQL in the data folder",
            "PostgreSQL 15 or newer, such as postgresql://host:5432/database."),
    DATABASE_USER("that of the URL", "The database's user."),
    DATABASE_PASSWORD("that of the URL", "The database's password."),
    ADMIN_KEY(
            "made on first start, printed once",
            "The key that reaches everything, 20 characters or more."),
    SECRET_KEY(
            "made in the data folder",
            "Encrypts stored secrets: 32 bytes in base64 or hex, the same on all nodes of a database."),
    ALLOW_TARGETS(
            "none",
            "Networks that webhooks may reach although they are not public, such as 10.1.0.0/16; several with commas."),
    FRAME_ANCESTORS(
            "none",
            "Who may show the player in a frame, such as https://lms.example; several with commas."),
    EVENT_RETENTION_DAYS(
            "90",
            "For how many days events and what they say are kept, 7 to 3650; the same on all nodes."),
    DELIVERY_RETENTION_DAYS(
            "30, or that of events when it is less",
            "For how many days deliveries and their tries are kept, from 1 on; not longer than events.");

    static final String VARIABLE_PREFIX = "COURSEWIRE_";
    private static final List<Setting> SECRETS = List.of(DATABASE_PASSWORD, ADMIN_KEY, SECRET_KEY);

    private final String fallback;
    private final String description;

    Setting(String fallback, String description) {
        this.fallback = fallback;
        this.description = description;
    }

    /// What holds when it is not set; words where it depends on others.
    String fallback() {
        return fallback;
    }

    String description() {
        return description;
    }

    /// A flag shows in the list of processes, so secrets have none that is taken.
    boolean isSecret() {
        return SECRETS.contains(this);
    }

    /// Whether it holds several values: with commas, and as a flag by repeating it.
    boolean isList() {
        return this == ALLOW_TARGETS || this == FRAME_ANCESTORS;
    }

    /// By its key or its flag's name, as both are what people write into the file.
    static Optional<Setting> inFile(String name) {
        return all().stream()
                .filter(setting -> name.equals(setting.key()) || setting.flag().equals("--" + name))
                .findFirst();
    }

    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String flag() {
        return this == ALLOW_TARGETS ? "--allow-target" : "--" + key();
    }

    String variable() {
        return VARIABLE_PREFIX + name();
    }

    static List<Setting> all() {
        return Arrays.asList(values());
    }
}
