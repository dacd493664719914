package io.coursewire.api;

import static io.helidon.http.Method.POST;

import io.coursewire.catalog.Clients;
import io.coursewire.catalog.Training;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.packages.ImportPackage;
import io.coursewire.packages.ImportTarget;
import io.coursewire.packages.ImportedPackage;
import io.coursewire.packages.PackageRefused;
import io.coursewire.packages.PackageWarning;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// `/packages`: courses brought in as zip files, read while they arrive.
public final class PackagesResource implements Resource {
    private static final String MULTIPART = "multipart/form-data";
    private static final Set<String> MEDIA_TYPES =
            Set.of("application/zip", "application/x-zip-compressed", MULTIPART);
    private static final String FIELD = "file";

    private final ImportPackage importPackage;
    private final Training training;
    private final Clients clients;

    public PackagesResource(ImportPackage importPackage, Training training, Clients clients) {
        this.importPackage = importPackage;
        this.training = training;
        this.clients = clients;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.ofClient(POST, "/packages", (Route.Prepared) this::bring)
                        .query("activityId", "as")
                        .creates());
    }

    private Supplier<Answer> bring(Call call) {
        var target = target(call.query());
        var zip = zip(call);
        try {
            var unpacked = importPackage.unpack(call.client(), zip);
            call.lastly(unpacked::close);
            return () -> {
                call.afterwards(unpacked::keep);
                return Answer.created(view(call.client(), unpacked.store(target)));
            };
        } catch (PackageRefused refused) {
            return () -> Answer.problem(problem(refused));
        }
    }

    private static ImportTarget target(Query query) {
        var replaced = query.parsed("activityId", ActivityId::parse, "the id of an activity");
        var asNew = query.word("as", Map.of("new", new ImportTarget.NewActivity()));
        if (replaced.isPresent() && asNew.isPresent()) {
            throw new InvalidInput(
                    "as",
                    "cannot be given with activityId: a package replaces one or makes a new one.");
        }
        return replaced.<ImportTarget>map(ImportTarget.Replace::new)
                .or(() -> asNew)
                .orElseGet(ImportTarget.SameManifest::new);
    }

    private static InputStream zip(Call call) {
        return call.mediaType(MEDIA_TYPES).equals(MULTIPART)
                ? new FormFile(call.stream(), call.header("Content-Type").orElse(""), FIELD)
                : call.stream();
    }

    private static Problem problem(PackageRefused refused) {
        var type =
                refused.code().equals(PackageRefused.UPLOAD_TOO_LARGE)
                        ? ProblemType.TOO_LARGE
                        : ProblemType.UNUSABLE_PACKAGE;
        var problem =
                Problem.of(type, refused.getMessage()).with("code", View.text(refused.code()));
        return refused.place()
                .map(place -> problem.with("place", View.text(place)))
                .orElse(problem);
    }

    private ObjectNode view(ClientId client, ImportedPackage imported) {
        var language = clients.find(client).orElseThrow(Call::notFound).defaultLanguage();
        var activity = training.find(client, imported.activity()).orElseThrow(Call::notFound);
        var view = View.object();
        view.set("activity", View.of(activity, language));
        var items = view.putArray("items");
        activity.items().forEach(item -> items.add(View.of(item, language)));
        view.put("standard", imported.standard().word()).put("version", imported.version());
        var warnings = view.putArray("warnings");
        imported.warnings().forEach(warning -> warnings.add(view(warning)));
        return view;
    }

    private static ObjectNode view(PackageWarning warning) {
        var view = View.object().put("code", warning.code()).put("message", warning.message());
        warning.place().ifPresent(place -> view.put("place", place));
        return view;
    }
}
