package io.coursewire.api;

import io.coursewire.kernel.Json;
import io.coursewire.kernel.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// What the API says about itself: its OpenAPI document, the schema of an AttemptStatus, and a page to read
/// and try it. Open to all.
public final class DocumentsResource implements Resource {
    private static final String PAGE = "/docs/index.html";

    @Override
    public List<Route> routes() {
        var openApi = answer(Answer.JSON, Json.MAPPER.writeValueAsBytes(OpenApi.document()));
        var schema = answer("application/schema+json", OpenApi.resource(OpenApi.ATTEMPT_STATUS));
        var page = page(new String(OpenApi.resource(PAGE), StandardCharsets.UTF_8));
        return List.of(
                Route.open("/openapi.json", _ -> openApi),
                Route.open(OpenApi.ATTEMPT_STATUS, _ -> schema),
                Route.open("/docs", _ -> page));
    }

    private static Answer answer(String mediaType, byte[] bytes) {
        return new Answer(
                200,
                Map.of("Cache-Control", "public, max-age=300"),
                new Answer.Bytes(mediaType, bytes));
    }

    // The page holds API keys while it is used: nothing may run in it but its own script.
    private static Answer page(String html) {
        var policy =
                "default-src 'none'; connect-src 'self'; style-src '%s'; script-src '%s'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
                        .formatted(hash(html, "style"), hash(html, "script"));
        return answer("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
                .with("Content-Security-Policy", policy)
                .with("Referrer-Policy", "no-referrer")
                .with("X-Content-Type-Options", "nosniff");
    }

    /// Of the text of the page's one element of that name, as the policy names it.
    private static String hash(String html, String element) {
        var open = "<" + element + ">";
        var text =
                html.substring(
                        html.indexOf(open) + open.length(), html.indexOf("</" + element + ">"));
        return "sha256-"
                + Base64.getEncoder()
                        .encodeToString(Sha256.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
