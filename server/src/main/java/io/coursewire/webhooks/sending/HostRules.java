package io.coursewire.webhooks.sending;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a webhook's URL may look like, before any name is resolved. Pure.
///
/// Addresses are taken in their one canonical form only: resolvers disagree about `0177.0.0.1`,
/// `2130706433` or `0x7f.1`, so a check of such a form says nothing about where a request would go.
public final class HostRules {
    public static final int URL_CHARS_MAX = 2_000;

    private static final Pattern DOTTED_DECIMAL =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern NAME =
            Pattern.compile(
                    "(?=.{1,253}\\.?$)(?:[a-zA-Z0-9_](?:[a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?\\.)*"
                            + "[a-zA-Z](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.?");
    private static final Pattern BRACKETED = Pattern.compile("\\[[0-9a-fA-F:.]+]");

    private HostRules() {}

    /// What is wrong with the URL, as a sentence that says what to do; empty when nothing is.
    public static Optional<String> refusal(String url) {
        if (url.length() > URL_CHARS_MAX) {
            return Optional.of("the URL is longer than " + URL_CHARS_MAX + " characters");
        }
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            return Optional.of("this is not a URL: " + e.getMessage());
        }
        if (!"http".equalsIgnoreCase(uri.getScheme())
                && !"https".equalsIgnoreCase(uri.getScheme())) {
            return Optional.of("the URL must begin with https:// or http://");
        }
        if (uri.getRawUserInfo() != null
                || (uri.getHost() == null && String.valueOf(uri.getRawAuthority()).contains("@"))) {
            return Optional.of(
                    "the URL must not hold credentials; send them in a header, see \"headers\"");
        }
        if (uri.getRawFragment() != null) {
            return Optional.of("the URL must not have a fragment (#...): it would never be sent");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return Optional.of("the port must be from 1 to 65535");
        }
        return hostRefusal(uri);
    }

    /// The address that the host is, in brackets or not; empty for a name. Looks nothing up.
    static Optional<InetAddress> literal(String host) {
        String bare =
                BRACKETED.matcher(host).matches() ? host.substring(1, host.length() - 1) : host;
        if (!bare.contains(":") && !DOTTED_DECIMAL.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> hostRefusal(URI uri) {
        String host = uri.getHost();
        if (host == null || (literal(host).isEmpty() && !NAME.matcher(host).matches())) {
            return Optional.of(
                    "the URL's host \"%s\" must be a name (international ones in their xn-- form), four decimal numbers or an IPv6 address in brackets without a zone"
                            .formatted(host == null ? uri.getRawAuthority() : host));
        }
        return Optional.empty();
    }
}
