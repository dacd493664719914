package io.coursewire.api;

import io.coursewire.attempts.DataSource;
import io.coursewire.attempts.Status;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.JsonFields;
import io.coursewire.kernel.Uuid;
import io.coursewire.webhooks.Credentials;
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
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Reads what a caller asks of a subscription; in a change, what is absent stays as it is.
final class WebhookBody {
    static final int DESCRIPTION_CHARS_MAX = 500;
    static final int FILTER_VALUES_MAX = 200;
    static final int REQUESTS_PER_SECOND_MAX = 1_000;

    private static final int WORD_CHARS_MAX = 100;
    private static final String NO_ID = "is no id: a UUID in its 36-character form.";
    private static final Set<String> SIGNATURES_DEFAULT = Set.of(SignatureKind.V1);

    private final JsonFields body;

    private WebhookBody(JsonFields body) {
        this.body = body;
    }

    /// `check` refuses a filter by what the client does not have.
    static Draft read(JsonFields body, Consumer<Filter> check) {
        var reader = new WebhookBody(body);
        var settings =
                new SubscriptionSettings(
                        body.text("url", HostRules.URL_CHARS_MAX),
                        body.optionalText("description", DESCRIPTION_CHARS_MAX),
                        reader.events(),
                        reader.format().orElse(Format.ATTEMPT_STATUS),
                        reader.filter().orElse(Filter.NONE),
                        reader.signatures().orElse(SIGNATURES_DEFAULT),
                        reader.rawHeader(),
                        reader.perSecond());
        var credentials = new CredentialsBody(body).read();
        var enabled = body.optionalFlag("enabled");
        body.required("events", Optional.of(settings.events()).filter(words -> !words.isEmpty()));
        body.check();
        check.accept(settings.filter());
        return consistent(new Draft(settings, credentials.apply(Credentials.NONE), enabled));
    }

    private static Draft consistent(Draft draft) {
        draft.settings()
                .rawSignatureHeader()
                .filter(draft.credentials().headers()::containsKey)
                .ifPresent(
                        name -> {
                            throw new InvalidInput(
                                    "/rawSignature/header",
                                    "is among headers too. Choose another name for one of them.");
                        });
        boolean twice = draft.credentials().headers().containsKey("authorization");
        if (twice && draft.credentials().oauth2().isPresent()) {
            throw new InvalidInput(
                    "/oauth2",
                    "cannot stand beside a header \"authorization\": it sets that header.");
        }
        return draft;
    }

    static UnaryOperator<Draft> readChange(JsonFields body, Consumer<Filter> check) {
        var reader = new WebhookBody(body);
        var url = body.optionalText("url", HostRules.URL_CHARS_MAX);
        var events = Optional.of(reader.events()).filter(words -> !words.isEmpty());
        var format = reader.format();
        var filter = reader.filter();
        var signatures = reader.signatures();
        var credentials = new CredentialsBody(body).read();
        var enabled = body.optionalFlag("enabled");
        var description = body.optionalText("description", DESCRIPTION_CHARS_MAX);
        var rawHeader = reader.rawHeader();
        var perSecond = reader.perSecond();
        body.check();
        filter.ifPresent(check);
        return before -> {
            var now = before.settings();
            return consistent(
                    new Draft(
                            new SubscriptionSettings(
                                    url.orElse(now.url()),
                                    body.has("description") ? description : now.description(),
                                    events.orElse(now.events()),
                                    format.orElse(now.format()),
                                    body.has("filter") ? filter.orElse(Filter.NONE) : now.filter(),
                                    signatures.orElse(now.signatures()),
                                    body.has("rawSignature") ? rawHeader : now.rawSignatureHeader(),
                                    body.has("maxRequestsPerSecond")
                                            ? perSecond
                                            : now.maxRequestsPerSecond()),
                            credentials.apply(before.credentials()),
                            enabled));
        };
    }

    private Set<String> events() {
        List<String> events =
                body.texts("events", EventType.SUBSCRIBABLE.size() + 1, WORD_CHARS_MAX);
        rejectNone("events", events, String.join(", ", EventType.SUBSCRIBABLE) + ", or \"*\"");
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
        rejectNone("signatures", signatures, "v1 and v1a");
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
                            CredentialsBody.headerFault(name)
                                    .ifPresent(fault -> raw.reject("header", fault));
                            return name.toLowerCase(Locale.ROOT);
                        });
    }

    private Optional<Integer> perSecond() {
        return body.optionalInteger("maxRequestsPerSecond", 1, REQUESTS_PER_SECOND_MAX);
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
                                    NO_ID,
                                    wanted);
                            values(
                                    given,
                                    "itemIds",
                                    "itemId",
                                    text -> Uuid.parse(text).isPresent(),
                                    NO_ID,
                                    wanted);
                            values(
                                    given,
                                    "statuses",
                                    "status",
                                    text -> Status.of(text).isPresent(),
                                    "is no status of an attempt.",
                                    wanted);
                            values(
                                    given,
                                    "dataSources",
                                    "dataSource",
                                    text -> DataSource.of(text).isPresent(),
                                    "is neither online nor offline.",
                                    wanted);
                            return new Filter(wanted);
                        });
    }

    private static void values(
            JsonFields given,
            String name,
            String attribute,
            Predicate<String> valid,
            String fault,
            Map<String, List<String>> wanted) {
        List<String> values = given.texts(name, FILTER_VALUES_MAX, WORD_CHARS_MAX);
        values.stream()
                .filter(valid.negate())
                .forEach(value -> given.reject(name, "\"" + value + "\" " + fault));
        if (!values.isEmpty()) {
            wanted.put(attribute, values.stream().map(WebhookBody::asTold).toList());
        }
    }

    /// Events name ids in small letters, whatever case they were given in.
    private static String asTold(String value) {
        return Uuid.parse(value).map(UUID::toString).orElse(value);
    }

    private void rejectNone(String name, List<String> values, String known) {
        if (body.hasValue(name) && values.isEmpty()) {
            body.reject(name, "needs at least one of " + known + ".");
        }
    }

    private void rejectUnlessAll(
            String name, List<String> values, Predicate<String> valid, String fault) {
        values.stream()
                .filter(valid.negate())
                .forEach(value -> body.reject(name, "\"" + value + "\" " + fault));
    }
}
