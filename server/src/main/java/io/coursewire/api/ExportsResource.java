package io.coursewire.api;

import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.POST;

import io.coursewire.attempts.AttemptFilter;
import io.coursewire.kernel.ClientId;
import io.coursewire.offline.exporting.ExportAttempts;
import io.coursewire.offline.reading.FileForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// `/exports`: attempts as files, streamed, and links to them that work for a while without a key.
public final class ExportsResource implements Resource {
    private static final Duration VALID_DEFAULT = Duration.ofHours(1);
    private static final Duration VALID_MAX = Duration.ofDays(7);

    private final ExportAttempts exportAttempts;
    private final ExportLinks links;
    private final Supplier<String> publicUrl;

    public ExportsResource(
            ExportAttempts exportAttempts, ExportLinks links, Supplier<String> publicUrl) {
        this.exportAttempts = exportAttempts;
        this.links = links;
        this.publicUrl = publicUrl;
    }

    @Override
    public List<Route> routes() {
        var routes = new ArrayList<Route>();
        ExportAttempts.ENDINGS.forEach(
                (ending, form) ->
                        routes.add(
                                Route.ofClient(
                                                GET,
                                                "/exports/attempts." + ending,
                                                call ->
                                                        export(
                                                                call.client(),
                                                                AttemptFilterQuery.read(
                                                                        call.query()),
                                                                form,
                                                                ending))
                                        .query(AttemptFilterQuery.with())));
        routes.add(
                Route.ofClient(POST, "/exports", this::link)
                        .query(AttemptFilterQuery.with("format", "expiresInSeconds"))
                        .creates());
        routes.add(Route.open(Route.BASE + "/exports/{link}", this::follow));
        return routes;
    }

    private Answer link(Call call) {
        var query = call.query();
        AttemptFilterQuery.read(query);
        var ending = query.word("format", endings()).orElse("csv");
        var validFor =
                query.parsed(
                                "expiresInSeconds",
                                ExportsResource::seconds,
                                "a whole number of seconds from 1 to " + VALID_MAX.toSeconds())
                        .orElse(VALID_DEFAULT);
        var link =
                links.make(call.client(), ending, query.only(AttemptFilterQuery.NAMES), validFor);
        return Answer.created(
                View.object()
                        .put("url", publicUrl.get() + Route.BASE + "/exports/" + link.token())
                        .put("expiresAt", link.expiresAt().toString()));
    }

    private static Map<String, String> endings() {
        return Map.of("csv", "csv", "xlsx", "xlsx", "ndjson", "ndjson");
    }

    private static Optional<Duration> seconds(String text) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[1-9][0-9]{0,5}"))
                .map(digits -> Duration.ofSeconds(Long.parseLong(digits)))
                .filter(given -> given.compareTo(VALID_MAX) <= 0);
    }

    private Answer follow(Call call) {
        return switch (links.read(call.path("link"))) {
            case ExportLinks.Valid valid ->
                    export(
                            valid.client(),
                            AttemptFilterQuery.read(
                                    Query.parse(
                                            valid.query(), Set.copyOf(AttemptFilterQuery.NAMES))),
                            ExportAttempts.ENDINGS.get(valid.ending()),
                            valid.ending());
            case ExportLinks.Expired _ ->
                    Answer.problem(ProblemType.GONE, "This link has expired. Ask for another one.");
            case ExportLinks.Forged _ -> Call.nothingHere();
        };
    }

    private Answer export(ClientId client, AttemptFilter filter, FileForm form, String ending) {
        var mediaType = form == FileForm.CSV ? "text/csv; charset=utf-8" : form.mediaType();
        return new Answer(
                        200,
                        Map.of(),
                        new Answer.Streamed(
                                mediaType, out -> exportAttempts.write(client, filter, form, out)))
                .with("Content-Disposition", "attachment; filename=\"attempts." + ending + "\"");
    }
}
