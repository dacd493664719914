package io.coursewire.api;

import static io.helidon.http.Method.GET;
import static io.helidon.http.Method.POST;

import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.Json;
import io.coursewire.offline.importing.Import;
import io.coursewire.offline.importing.ImportId;
import io.coursewire.offline.importing.Imports;
import io.coursewire.offline.importing.Imports.RowVerdict;
import io.coursewire.offline.importing.Imports.Upload;
import io.coursewire.offline.importing.Mappings;
import io.coursewire.offline.importing.Options;
import io.coursewire.offline.importing.Policy;
import io.coursewire.offline.mapping.MappingFields;
import io.coursewire.offline.reading.FileForm;
import io.coursewire.offline.reading.UnreadableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `/imports`: files of results, dry or for good, and what became of every row.
public final class ImportsResource implements Resource {
    private static final Set<String> MEDIA_TYPES =
            Arrays.stream(FileForm.values()).map(FileForm::mediaType).collect(Collectors.toSet());
    private static final Map<String, String> LETTERS =
            Map.of("created", "c", "updated", "u", "unchanged", "n", "refused", "r");

    private final Imports imports;
    private final Mappings mappings;

    public ImportsResource(Imports imports, Mappings mappings) {
        this.imports = imports;
        this.mappings = mappings;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.ofClient(POST, "/imports", (Route.Prepared) this::submit)
                        .query(
                                "dryRun",
                                "policy",
                                "overwriteOnline",
                                "createUsers",
                                "createItems",
                                "announce",
                                "maxPerSecond",
                                "mapping",
                                "timeZone",
                                "source")
                        .creates(),
                Route.ofClient(GET, "/imports", this::list).query("limit", "cursor"),
                Route.ofClient(GET, "/imports/{importId}", this::get),
                Route.ofClient(POST, "/imports/{importId}/applications", this::apply).creates(),
                Route.ofClient(POST, "/imports/{importId}/undo", this::undo).creates(),
                Route.ofClient(GET, "/imports/{importId}/rows", this::rows)
                        .query("verdict", "limit", "cursor"),
                Route.ofClient(GET, "/imports/{importId}/errors.csv", this::errors));
    }

    private Supplier<Answer> submit(Call call) {
        var form = FileForm.of(call.mediaType(MEDIA_TYPES)).orElseThrow();
        var options = options(call.query());
        var mapping = mapping(call.client(), call.query());
        try (var file = call.stream()) {
            var upload = new Upload(form, file, options, mapping);
            var received = imports.receive(call.client(), upload, call.caller().name());
            call.lastly(received::close);
            return () -> Answer.accepted(view(received.queue()));
        } catch (UnreadableFile e) {
            throw new InvalidInput("", e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("the request's body broke off", e);
        }
    }

    private static Options options(Query query) {
        boolean announced = query.text("announce").isEmpty() || query.flag("announce");
        var perSecond =
                query.parsed(
                        "maxPerSecond",
                        ImportsResource::perSecond,
                        "a whole number from 1 to " + Options.PER_SECOND_MAX);
        if (!announced && perSecond.isPresent()) {
            throw new InvalidInput(
                    "maxPerSecond", "cannot be given with announce=false: nothing is told then.");
        }
        return new Options(
                query.flag("dryRun"),
                query.word("policy", Policy.WORDS).orElse(Policy.KEEP),
                query.flag("overwriteOnline"),
                query.flag("createUsers"),
                query.flag("createItems"),
                announced ? perSecond.orElse(Options.PER_SECOND_DEFAULT) : 0);
    }

    private static Optional<Integer> perSecond(String text) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[1-9][0-9]{0,4}"))
                .map(Integer::valueOf)
                .filter(number -> number <= Options.PER_SECOND_MAX);
    }

    /// The mapping that is named, else the client's default, with what the query says of it.
    private String mapping(ClientId client, Query query) {
        var named = query.text("mapping");
        var found = mappings.find(client, named.orElse(Mappings.DEFAULT));
        if (named.isPresent() && found.isEmpty()) {
            throw new InvalidInput("mapping", "names no mapping of this client.");
        }
        var mapping =
                (ObjectNode) Json.MAPPER.readTree(found.map(Mappings.Named::json).orElse("{}"));
        query.parsed("timeZone", MappingFields::zone, "a time zone such as Europe/Berlin")
                .ifPresent(zone -> mapping.put("timeZone", zone.getId()));
        query.text("source").ifPresent(source -> mapping.put("source", source));
        return mapping.toString();
    }

    private Answer list(Call call) {
        var page = imports.list(call.client(), call.query().limit(), call.query().cursor());
        return Answer.page(page, ImportsResource::view);
    }

    private Answer get(Call call) {
        return Answer.ok(view(find(call)));
    }

    private Answer apply(Call call) {
        call.noFields();
        var dryRun = find(call);
        if (!dryRun.task().options().dryRun() || dryRun.state() != Import.State.DONE) {
            return conflict("Only a dry run that is done can be applied.");
        }
        return imports.apply(dryRun, call.caller().name())
                .map(job -> Answer.accepted(view(job)))
                .orElseGet(
                        () ->
                                conflict(
                                        "The file of this dry run is not kept any more. Send it again."));
    }

    private Answer undo(Call call) {
        call.noFields();
        return imports.undo(find(call), call.caller().name())
                .map(job -> Answer.accepted(view(job)))
                .orElseGet(
                        () ->
                                conflict(
                                        "Only an import that is done, and not a dry run, is undone."));
    }

    private Answer rows(Call call) {
        var letters = call.query().word("verdict", LETTERS).orElse("cunr");
        var page = imports.rows(find(call), letters, call.query().limit(), call.query().cursor());
        return Answer.page(page, ImportsResource::view);
    }

    private Answer errors(Call call) {
        var job = find(call);
        return new Answer(
                        200,
                        Map.of(),
                        new Answer.Streamed(
                                "text/csv; charset=utf-8",
                                out -> new ErrorsCsv(job.task().header()).write(imports, job, out)))
                .with("Content-Disposition", "attachment; filename=\"errors.csv\"");
    }

    private Import find(Call call) {
        return imports.find(call.client(), call.id("importId", ImportId::parse))
                .orElseThrow(Call::notFound);
    }

    private static Answer conflict(String detail) {
        return Answer.problem(ProblemType.CONFLICT, detail);
    }

    private static JsonNode view(Import job) {
        var counts = job.counts();
        var options = job.task().options();
        var view =
                View.object()
                        .put("id", job.id().toString())
                        .put("state", job.state().word())
                        .put("dryRun", options.dryRun())
                        .put("total", counts.total().orElse(null))
                        .put("done", counts.done())
                        .put("created", counts.created())
                        .put("updated", counts.updated())
                        .put("unchanged", counts.unchanged())
                        .put("refused", counts.refused())
                        .put("differences", counts.differences())
                        .put("policy", options.policy().word())
                        .put("maxPerSecond", options.maxPerSecond())
                        .put("failure", job.failure().orElse(null))
                        .put("shownBy", job.task().shownBy().map(ImportId::toString).orElse(null))
                        .put("author", job.task().author())
                        .put("undoneBy", job.undoneBy().orElse(null))
                        .put("createdAt", job.createdAt().toString())
                        .put("endedAt", job.endedAt().map(Object::toString).orElse(null));
        var warnings = view.putArray("warnings");
        job.task().warnings().forEach(warnings::add);
        return view;
    }

    private static JsonNode view(RowVerdict row) {
        var view =
                View.object()
                        .put("line", row.line())
                        .put("verdict", row.verdict())
                        .put("attemptId", row.attempt().map(Object::toString).orElse(null))
                        .put("why", row.why().orElse(null))
                        .put("shown", row.shown().orElse(null));
        var errors = view.putArray("errors");
        row.faults()
                .forEach(
                        fault ->
                                errors.addObject()
                                        .put("column", fault.column())
                                        .put("value", fault.value())
                                        .put("message", fault.message()));
        return view;
    }
}
