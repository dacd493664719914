package io.coursewire.catalog;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A web origin (RFC 6454): scheme, host and port in their one spelling, the scheme's own port left out.
public record ReturnOrigin(String text) {
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443);

    /// What names an origin and nothing more: `https://lms.example`, with or without a slash at its end.
    public static Optional<ReturnOrigin> parse(String text) {
        return uri(text).filter(ReturnOrigin::isBare).flatMap(ReturnOrigin::of);
    }

    /// The origin of a URL; empty for what is no http(s) URL with a host or holds credentials.
    public static Optional<ReturnOrigin> of(String url) {
        return uri(url).flatMap(ReturnOrigin::of);
    }

    private static Optional<ReturnOrigin> of(URI uri) {
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!PORTS.containsKey(scheme) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            return Optional.empty();
        }
        boolean ownPort = uri.getPort() == -1 || uri.getPort() == PORTS.get(scheme);
        var port = ownPort ? "" : ":" + uri.getPort();
        return Optional.of(
                new ReturnOrigin(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port));
    }

    private static boolean isBare(URI uri) {
        return (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }

    // Browsers read a backslash as a slash; java.net.URI refuses it, so that both agree on the
    // host.
    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text)).filter(uri -> !uri.isOpaque());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
