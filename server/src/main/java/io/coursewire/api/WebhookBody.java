package io.coursewire.api;

import io.coursewire.attempts.DataSource;
import io.coursewire.attempts.Status;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.JsonFields;
import io.coursewire.kernel.Uuid;
import io.coursewire.webhooks.ComposeRequest;
import io.coursewire.webhooks.EventType;
import io.coursewire.webhooks.Filter;
import io.coursewire.webhooks.Format;
import io.coursewire.webhooks.SignatureKind;
import io.coursewire.webhooks.SubscriptionSettings;
import io.coursewire.webhooks.Subscriptions.Draft;
import io.coursewire.webhooks.sending.HostRules;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Reads what a caller asks of a subscription; in a change, what is absent stays as it is.
final class WebhookBody {
    static final int DESCRIPTION_CHARS_MAX = 500;
    static final int HEADERS_MAX = 20;
    static final int HEADER_VALUE_CHARS_MAX = 4_000;
    static final int FILTER_VALUES_MAX = 200;
    static final int REQUESTS_PER_SECOND_MAX = 1_000;

    private static final int WORD_CHARS_MAX = 100;
    // RFC 9110: a token, and visible ASCII with spaces or tabs inside.
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[!-~](?:[ -~\t]*[!-~])?");
    private static final Set<String> SIGNATURES_DEFAULT = Set.of(SignatureKind.V1);

    private final JsonFields body;

    private WebhookBody(JsonFields body) {
        this.body = body;
    }

    static Draft read(JsonFields body) {
        var reader = new WebhookBody(body);
        var settings =
                new SubscriptionSettings(
                        body.text("url", HostRules.URL_CHARS_MAX),
                        body.optionalText("description", DESCRIPTION_CHARS_MAX),
                        reader.events(1),
                        reader.format().orElse(Format.ATTEMPT_STATUS),
                        reader.filter().orElse(Filter.NONE),
                        reader.signatures().orElse(SIGNATURES_DEFAULT),
                        reader.rawHeader(),
                        reader.perSecond());
        var draft =
                new Draft(settings, reader.headers(), body.optionalFlag("enabled").orElse(true));
        body.check();
        return consistent(draft);
    }

    private static Draft consistent(Draft draft) {
        draft.settings()
                .rawSignatureHeader()
                .filter(draft.headers()::containsKey)
                .ifPresent(
                        name -> {
                            throw new InvalidInput(
                                    "/rawSignature/header",
                                    "is among headers too. Choose another name for one of them.");
                        });
        return draft;
    }

    static UnaryOperator<Draft> readChange(JsonFields body) {
        var reader = new WebhookBody(body);
        var url = body.optionalText("url", HostRules.URL_CHARS_MAX);
        var events = Optional.of(reader.events(0)).filter(words -> !words.isEmpty());
        var format = reader.format();
        var filter = reader.filter();
        var signatures = reader.signatures();
        var headers = Optional.of(reader.headers()).filter(_ -> body.has("headers"));
        var enabled = body.optionalFlag("enabled");
        var description = body.optionalText("description", DESCRIPTION_CHARS_MAX);
        var rawHeader = reader.rawHeader();
        var perSecond = reader.perSecond();
        body.check();
        return before -> {
            var now = before.settings();
            return consistent(
                    new Draft(
                            new SubscriptionSettings(
                                    url.orElse(now.url()),
                                    body.has("description") ? description : now.description(),
                                    events.orElse(now.events()),
                                    format.orElse(now.format()),
                                    filter.orElse(now.filter()),
                                    signatures.orElse(now.signatures()),
                                    body.has("rawSignature") ? rawHeader : now.rawSignatureHeader(),
                                    body.has("maxRequestsPerSecond")
                                            ? perSecond
                                            : now.maxRequestsPerSecond()),
                            headers.orElse(before.headers()),
                            enabled.orElse(before.enabled())));
        };
    }

    private Set<String> events(int countMin) {
        List<String> events =
                body.texts("events", EventType.SUBSCRIBABLE.size() + 1, WORD_CHARS_MAX);
        if (events.isEmpty() && countMin > 0) {
            body.reject(
                    "events",
                    "needs at least one of "
                            + String.join(", ", EventType.SUBSCRIBABLE)
                            + ", or \"*\".");
        }
        rejectUnlessAll(
                "events",
                events,
                e -> e.equals(EventType.EVERY) || EventType.SUBSCRIBABLE.contains(e),
                "is not an event. Events are "
                        + String.join(", ", EventType.SUBSCRIBABLE)
                        + " and *.");
        return new HashSet<>(events);
    }

    private Optional<Format> format() {
        return body.optionalWord("format", Format.BY_WORD);
    }

    private Optional<Set<String>> signatures() {
        List<String> signatures =
                body.texts("signatures", SignatureKind.ALL.size(), WORD_CHARS_MAX);
        rejectUnlessAll(
                "signatures",
                signatures,
                SignatureKind.ALL::contains,
                "is not a kind of signature. Use v1, v1a or both.");
        return signatures.isEmpty() ? Optional.empty() : Optional.of(new HashSet<>(signatures));
    }

    private Optional<String> rawHeader() {
        return body.optionalObject("rawSignature")
                .map(
                        raw -> {
                            String name = raw.text("header", WORD_CHARS_MAX);
                            headerFault(name).ifPresent(fault -> raw.reject("header", fault));
                            return name.toLowerCase(Locale.ROOT);
                        });
    }

    private Optional<Integer> perSecond() {
        return body.optionalInteger("maxRequestsPerSecond", 1, REQUESTS_PER_SECOND_MAX);
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        body.textMap("headers", HEADERS_MAX, HEADER_VALUE_CHARS_MAX)
                .forEach(
                        (name, value) -> {
                            headerFault(name)
                                    .ifPresent(
                                            fault ->
                                                    body.reject(
                                                            "headers",
                                                            "\"" + name + "\" " + fault));
                            if (!HEADER_VALUE.matcher(value).matches()) {
                                body.reject(
                                        "headers",
                                        "the value of \""
                                                + name
                                                + "\" must be printable ASCII on one line.");
                            }
                            if (headers.put(name.toLowerCase(Locale.ROOT), value) != null) {
                                body.reject("headers", "\"" + name + "\" is given twice.");
                            }
                        });
        return headers;
    }

    private Optional<Filter> filter() {
        return body.optionalObject("filter")
                .map(
                        given -> {
                            Map<String, List<String>> wanted = new HashMap<>();
                            values(
                                    given,
                                    "activityIds",
                                    "activityId",
                                    text -> Uuid.parse(text).isPresent(),
                                    wanted);
                            values(
                                    given,
                                    "itemIds",
                                    "itemId",
                                    text -> Uuid.parse(text).isPresent(),
                                    wanted);
                            values(
                                    given,
                                    "statuses",
                                    "status",
                                    text -> Status.of(text).isPresent(),
                                    wanted);
                            values(
                                    given,
                                    "dataSources",
                                    "dataSource",
                                    text -> DataSource.of(text).isPresent(),
                                    wanted);
                            return new Filter(wanted);
                        });
    }

    private static void values(
            JsonFields given,
            String name,
            String attribute,
            Predicate<String> valid,
            Map<String, List<String>> wanted) {
        List<String> values = given.texts(name, FILTER_VALUES_MAX, WORD_CHARS_MAX);
        values.stream()
                .filter(valid.negate())
                .forEach(value -> given.reject(name, "\"" + value + "\" is none."));
        if (!values.isEmpty()) {
            wanted.put(attribute, values);
        }
    }

    private void rejectUnlessAll(
            String name, List<String> values, Predicate<String> valid, String fault) {
        values.stream()
                .filter(valid.negate())
                .forEach(value -> body.reject(name, "\"" + value + "\" " + fault));
    }

    private static Optional<String> headerFault(String name) {
        if (!HEADER_NAME.matcher(name).matches()) {
            return Optional.of("is not a header name.");
        }
        return ComposeRequest.isReserved(name)
                ? Optional.of("is a header that Coursewire sets itself. Choose another name.")
                : Optional.empty();
    }
}
