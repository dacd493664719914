package io.coursewire.app.settings;

import io.coursewire.app.settings.GatherSettings.Given;
import io.coursewire.kernel.InputErrors;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.storage.DatabaseAddress;
import io.coursewire.webhooks.KeepHistory.Retention;
import io.coursewire.webhooks.sending.AddressBlock;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Turns settings' texts into a configuration. Throws InvalidInput that names, for each faulty setting, where
/// it was set and what it should look like.
final class ReadSettings {
    static final int ADMIN_KEY_CHARS_MIN = 20;
    static final int PORT_MAX = 65_535;

    private final Map<Setting, Given> given;
    private final InputErrors errors = new InputErrors();

    private ReadSettings(Map<Setting, Given> given) {
        this.given = given;
    }

    static Configuration from(Map<Setting, Given> given) {
        return new ReadSettings(given).read();
    }

    private Configuration read() {
        var settings =
                new Settings(
                        endpoints(),
                        parsed(Setting.DATA_DIR, ReadSettings::path)
                                .orElse(Path.of(Setting.DATA_DIR.fallback())),
                        database(),
                        list(
                                Setting.ALLOW_TARGETS,
                                block -> AddressBlock.parse(block, "").toString()),
                        list(Setting.FRAME_ANCESTORS, OriginText::parse),
                        retention());
        var adminKey = parsed(Setting.ADMIN_KEY, ReadSettings::adminKey);
        var secretKey = parsed(Setting.SECRET_KEY, SecretKeyText::parse);
        checkOrigins(settings.endpoints());
        checkPorts(settings.endpoints());
        errors.check();
        return new Configuration(settings, adminKey, secretKey);
    }

    private Endpoints endpoints() {
        return new Endpoints(
                text(Setting.HOST),
                port(Setting.PORT),
                port(Setting.CONTENT_PORT),
                parsed(Setting.METRICS_PORT, ReadSettings::portNumber),
                parsed(Setting.PUBLIC_URL, OriginText::parse),
                parsed(Setting.CONTENT_URL, OriginText::parsePattern));
    }

    private String text(Setting setting) {
        return given.containsKey(setting) ? given.get(setting).text() : setting.fallback();
    }

    private int port(Setting setting) {
        return parsed(setting, ReadSettings::portNumber)
                .orElseGet(() -> Integer.parseInt(setting.fallback()));
    }

    private <T> Optional<T> parsed(Setting setting, Function<String, T> parse) {
        try {
            return Optional.ofNullable(given.get(setting)).map(Given::text).map(parse);
        } catch (InvalidInput e) {
            e.fields().forEach(field -> errors.add(given.get(setting).source(), field.message()));
            return Optional.empty();
        }
    }

    private List<String> list(Setting setting, Function<String, String> parse) {
        return parsed(
                        setting,
                        text ->
                                Stream.of(text.split("[,\\s]+"))
                                        .filter(part -> !part.isEmpty())
                                        .map(parse)
                                        .toList())
                .orElse(List.of());
    }

    private Optional<DatabaseAddress> database() {
        var user = parsed(Setting.DATABASE_USER, Function.identity());
        var password = parsed(Setting.DATABASE_PASSWORD, Function.identity());
        if (!given.containsKey(Setting.DATABASE_URL)
                && (user.isPresent() || password.isPresent())) {
            errors.add(
                    Setting.DATABASE_URL.variable(),
                    "is needed with a database user or password; without it the embedded database is used");
        }
        return parsed(Setting.DATABASE_URL, url -> databaseAddress(url, user, password));
    }

    private DatabaseAddress databaseAddress(
            String url, Optional<String> user, Optional<String> password) {
        var address = DatabaseAddress.parse(url, user, password);
        boolean inUrl = password.isEmpty() && !address.password().isEmpty();
        if (inUrl && given.get(Setting.DATABASE_URL).source().equals(Setting.DATABASE_URL.flag())) {
            throw invalid(
                    "holds a password, which shows in the list of processes; set "
                            + Setting.DATABASE_PASSWORD.variable());
        }
        return address;
    }

    private Retention retention() {
        int events =
                parsed(Setting.EVENT_RETENTION_DAYS, text -> days(text, Retention.EVENT_DAYS_MIN))
                        .orElse(Retention.DEFAULT.eventDays());
        int deliveries =
                parsed(Setting.DELIVERY_RETENTION_DAYS, text -> days(text, 1))
                        .orElse(Math.min(events, Retention.DEFAULT.deliveryDays()));
        if (deliveries > events) {
            errors.add(
                    given.get(Setting.DELIVERY_RETENTION_DAYS).source(),
                    "must be %d at most, as a delivery is not kept longer than its event; see %s"
                            .formatted(events, Setting.EVENT_RETENTION_DAYS.key()));
            return Retention.DEFAULT;
        }
        return new Retention(events, deliveries);
    }

    /// Courses are foreign code: on the API's origin they could act as whoever is signed in there.
    private void checkOrigins(Endpoints endpoints) {
        if (endpoints.publicUrl().isPresent() && !given.containsKey(Setting.CONTENT_URL)) {
            errors.add(
                    Setting.CONTENT_URL.key(),
                    "is needed with a public URL: launch links lead there, which is this machine without it");
        }
        if (endpoints.publicUrl().isPresent()
                && endpoints
                        .contentUrl()
                        .filter(content -> OriginText.covers(content, endpoints.publicUrl().get()))
                        .isPresent()) {
            errors.add(
                    given.get(Setting.CONTENT_URL).source(),
                    "must be another origin than the public URL, as courses are foreign code");
        }
    }

    private void checkPorts(Endpoints endpoints) {
        var taken = new HashMap<Integer, Setting>();
        taken.put(endpoints.port(), Setting.PORT);
        checkPort(Setting.CONTENT_PORT, endpoints.contentPort(), taken);
        endpoints.metricsPort().ifPresent(port -> checkPort(Setting.METRICS_PORT, port, taken));
    }

    private void checkPort(Setting setting, int port, Map<Integer, Setting> taken) {
        var other = taken.putIfAbsent(port, setting);
        if (other != null && port != 0) {
            errors.add(
                    setting.key(),
                    "must be another port than %d, which is that of %s"
                            .formatted(port, other.key()));
        }
    }

    private static int portNumber(String text) {
        if (text.startsWith("tcp://")) {
            throw invalid(
                    "\"%s\" is what Kubernetes sets for a Service of that name; keep it from that with enableServiceLinks: false in the pod's spec"
                            .formatted(text));
        }
        return number(text, 0, PORT_MAX)
                .orElseThrow(
                        () ->
                                invalid(
                                        "\"%s\" is not a port; give a number from 0 (any free one) to %d"
                                                .formatted(text, PORT_MAX)));
    }

    private static int days(String text, int least) {
        return number(text, least, Retention.DAYS_MAX)
                .orElseThrow(
                        () ->
                                invalid(
                                        "\"%s\" is not a time to keep; give a number of days from %d to %d"
                                                .formatted(text, least, Retention.DAYS_MAX)));
    }

    private static Optional<Integer> number(String text, int least, int most) {
        try {
            return Optional.of(Integer.parseInt(text)).filter(n -> n >= least && n <= most);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw invalid("\"%s\" is not a path".formatted(text));
        }
    }

    private static String adminKey(String text) {
        if (text.length() < ADMIN_KEY_CHARS_MIN
                || !text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw invalid(
                    "needs %d or more characters, letters, digits and signs only; make one with: openssl rand -base64 32"
                            .formatted(ADMIN_KEY_CHARS_MIN));
        }
        return text;
    }

    private static InvalidInput invalid(String message) {
        return new InvalidInput("", message);
    }
}
