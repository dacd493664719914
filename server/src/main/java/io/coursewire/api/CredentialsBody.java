package io.coursewire.api;

import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.JsonFields;
import io.coursewire.webhooks.ComposeRequest;
import io.coursewire.webhooks.Credentials;
import io.coursewire.webhooks.OAuth2;
import io.coursewire.webhooks.sending.ClientCertificate;
import io.coursewire.webhooks.sending.HostRules;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// Reads by what an endpoint is to know us: `headers`, `oauth2`, `clientCertificate`. What is absent stays as
/// it is; null takes it away. A mask in the place of a stored value keeps that value, so that what was read can be
/// written back.
record CredentialsBody(JsonFields body) {
    static final int HEADERS_MAX = 20;
    static final int HEADER_VALUE_CHARS_MAX = 4_000;
    static final int OAUTH2_CHARS_MAX = 1_000;

    // RFC 9110: a token, and visible ASCII with spaces or tabs inside.
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[!-~](?:[ -~\t]*[!-~])?");

    UnaryOperator<Credentials> read() {
        var headers = headers();
        var oauth2 = oauth2();
        var certificate = certificate();
        boolean hasHeaders = body.has("headers");
        boolean hasOauth2 = body.has("oauth2");
        boolean hasCertificate = body.has("clientCertificate");
        return before ->
                new Credentials(
                        hasHeaders ? kept(headers, before.headers()) : before.headers(),
                        hasOauth2
                                ? oauth2.map(given -> kept(given, before.oauth2()))
                                : before.oauth2(),
                        hasCertificate
                                ? certificate.map(given -> kept(given, before.certificate()))
                                : before.certificate());
    }

    private static Map<String, String> kept(Map<String, String> given, Map<String, String> stored) {
        Map<String, String> headers = new HashMap<>(given);
        headers.replaceAll(
                (name, value) ->
                        kept(
                                value,
                                Optional.ofNullable(stored.get(name)),
                                "/headers/" + name.replace("~", "~0")));
        return headers;
    }

    private static OAuth2 kept(OAuth2 given, Optional<OAuth2> stored) {
        var secret =
                kept(
                        given.clientSecret(),
                        // A secret that nobody can read is not sent where it was not meant for
                        // either.
                        stored.filter(known -> known.tokenUrl().equals(given.tokenUrl()))
                                .map(OAuth2::clientSecret),
                        "/oauth2/clientSecret");
        return new OAuth2(given.tokenUrl(), given.clientId(), secret, given.scope());
    }

    private static ClientCertificate kept(
            ClientCertificate given, Optional<ClientCertificate> stored) {
        var key =
                kept(
                        given.privateKey(),
                        stored.map(ClientCertificate::privateKey),
                        "/clientCertificate/privateKey");
        var certificate = new ClientCertificate(given.certificate(), key);
        certificate
                .fault()
                .ifPresent(
                        fault -> {
                            throw new InvalidInput("/clientCertificate", fault + ".");
                        });
        return certificate;
    }

    private static String kept(String given, Optional<String> stored, String pointer) {
        return given.equals(WebhookView.MASK)
                ? stored.orElseThrow(
                        () ->
                                new InvalidInput(
                                        pointer,
                                        "is the mask of a value that is not shown, and none is stored for this. Give the value itself."))
                : given;
    }

    static Optional<String> headerFault(String name) {
        if (!HEADER_NAME.matcher(name).matches()) {
            return Optional.of("is not a header name.");
        }
        return ComposeRequest.isReserved(name)
                ? Optional.of("is a header that Coursewire sets itself. Choose another name.")
                : Optional.empty();
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        body.textMap("headers", HEADERS_MAX, HEADER_VALUE_CHARS_MAX)
                .forEach((name, value) -> addHeader(headers, name, value));
        return headers;
    }

    private void addHeader(Map<String, String> headers, String name, String value) {
        headerFault(name).ifPresent(fault -> body.reject("headers", "\"" + name + "\" " + fault));
        if (!HEADER_VALUE.matcher(value).matches()) {
            body.reject(
                    "headers",
                    "the value of \"" + name + "\" must be printable ASCII on one line.");
        }
        if (headers.put(name.toLowerCase(Locale.ROOT), value) != null) {
            body.reject("headers", "\"" + name + "\" is given twice.");
        }
    }

    private Optional<OAuth2> oauth2() {
        return body.optionalObject("oauth2")
                .map(
                        given ->
                                new OAuth2(
                                        given.text("tokenUrl", HostRules.URL_CHARS_MAX),
                                        given.text("clientId", OAUTH2_CHARS_MAX),
                                        given.text("clientSecret", OAUTH2_CHARS_MAX),
                                        given.optionalText("scope", OAUTH2_CHARS_MAX)));
    }

    private Optional<ClientCertificate> certificate() {
        return body.optionalObject("clientCertificate")
                .map(
                        given ->
                                new ClientCertificate(
                                        given.text("certificate", ClientCertificate.CHARS_MAX),
                                        given.text("privateKey", ClientCertificate.CHARS_MAX)));
    }
}
