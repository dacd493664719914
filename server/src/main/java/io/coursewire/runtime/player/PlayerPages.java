package io.coursewire.runtime.player;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/// The static side of the content origin: `GET /launch/{token}`, `GET /play/{playToken}` and `/player/*`.
///
/// The pages are the same for every token, so that loading one spends nothing and tells nothing: their scripts ask by POST.
public final class PlayerPages implements HttpService {
    private static final String YEAR = "public, max-age=31536000, immutable";

    /// Nothing but what the pages are made of. Of frames it says nothing, and so has no default either: that would also
    /// govern where content goes in its own frame, and a link to write a letter would take the course away.
    private static final String POLICY =
            "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'none'; media-src 'none';"
                    + " object-src 'none'; worker-src 'none'; manifest-src 'none'; base-uri 'none'; form-action 'none'";

    private final PlayerFiles files = PlayerFiles.load();
    private final String contentSecurityPolicy;

    /// `frameAncestors` are the origins that may show the player in a frame of theirs; none when empty.
    public PlayerPages(List<String> frameAncestors) {
        var ancestors = frameAncestors.isEmpty() ? "'none'" : String.join(" ", frameAncestors);
        contentSecurityPolicy = POLICY + "; frame-ancestors " + ancestors;
    }

    @Override
    public void routing(HttpRules rules) {
        var read = Method.predicate(Method.GET, Method.HEAD);
        rules.route(
                        read,
                        path("/launch/{token}"),
                        (request, response) -> page(request, response, files.launchPage()))
                .route(
                        read,
                        path("/play/{playToken}"),
                        (request, response) -> page(request, response, files.playPage()))
                .route(read, path("/player/{asset}"), this::asset);
    }

    private static PathMatcher path(String pattern) {
        return PathMatchers.create(pattern);
    }

    private void page(ServerRequest request, ServerResponse response, byte[] html) {
        response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .header(HeaderNames.create("Content-Security-Policy"), contentSecurityPolicy)
                .header(HeaderNames.create("Permissions-Policy"), "unload=*")
                .header(HeaderNames.create("Referrer-Policy"), "no-referrer")
                .header(HeaderNames.create("X-Content-Type-Options"), "nosniff")
                .header(HeaderNames.create("X-Robots-Tag"), "noindex");
        send(request, response, html);
    }

    private void asset(ServerRequest request, ServerResponse response) {
        files.asset(request.path().pathParameters().get("asset"))
                .ifPresentOrElse(
                        asset -> send(asset, request, response),
                        () -> response.status(Status.NOT_FOUND_404).send());
    }

    private static boolean accepts(ServerRequest request) {
        return request.headers().values(HeaderNames.ACCEPT_ENCODING).stream()
                .anyMatch(value -> value.contains("gzip"));
    }

    private static void send(
            PlayerFiles.Asset asset, ServerRequest request, ServerResponse response) {
        boolean gzip = accepts(request);
        response.header(HeaderNames.CONTENT_TYPE, asset.mediaType())
                .header(HeaderNames.CACHE_CONTROL, YEAR)
                .header(HeaderNames.VARY, "Accept-Encoding")
                .header(HeaderNames.create("X-Content-Type-Options"), "nosniff")
                .header(HeaderNames.create("Cross-Origin-Resource-Policy"), "same-origin");
        if (gzip) {
            response.header(HeaderNames.CONTENT_ENCODING, "gzip");
        }
        send(request, response, gzip ? asset.gzip() : asset.plain());
    }

    // Helidon would send the body to HEAD as well, and who asked would take it for the next answer.
    private static void send(ServerRequest request, ServerResponse response, byte[] body) {
        if (request.prologue().method().equals(Method.HEAD)) {
            response.contentLength(body.length);
            response.send();
        } else {
            response.send(body);
        }
    }
}
