package io.coursewire.app;

import io.coursewire.app.remote.ApiClient;
import io.coursewire.app.remote.RemoteServer;
import io.coursewire.app.terminal.ProgressBar;
import io.coursewire.kernel.ClientId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Imports a file of offline results through a server's API, and tells what became of its rows.
@Command(
        name = "offline",
        description = "Imports a file of offline results into a server.",
        mixinStandardHelpOptions = true)
final class OfflineCommand implements Callable<Integer> {
    private static final Duration POLL_PAUSE = Duration.ofMillis(250);
    private static final int SHOWN_MAX = 10;
    private static final String CSV = "text/csv";
    private static final Map<String, String> MEDIA_TYPES =
            Map.of(
                    "csv",
                    CSV,
                    "txt",
                    CSV,
                    "tsv",
                    CSV,
                    "xlsx",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    "ndjson",
                    "application/x-ndjson",
                    "jsonl",
                    "application/x-ndjson");

    @Spec private CommandSpec command;
    @Mixin private RemoteServer server;

    @Parameters(paramLabel = "FILE", description = "The results: .csv, .xlsx or .ndjson.")
    private Path file;

    @Option(
            names = "--client",
            required = true,
            paramLabel = "ID",
            converter = ClientOption.class,
            description = "The organization that the results are of.")
    private ClientId client;

    @Option(
            names = "--dry-run",
            description = "Show what would become of each row, and write nothing.")
    private boolean dryRun;

    @Option(
            names = "--map",
            paramLabel = "FILE",
            description =
                    "A mapping (JSON), for a file in other words; it is remembered under the file's name, unless it is a dry run.")
    private Path map;

    @Option(
            names = "--replace-map",
            description =
                    "Remember the mapping also in place of another of that name, or as the default of all imports.")
    private boolean replaceMap;

    @Option(
            names = "--policy",
            paramLabel = "WORD",
            description = "What is there with other values: keep (default), replaceIfNewer, next.")
    private String policy;

    @Option(names = "--time-zone", paramLabel = "ZONE", description = "Of times without one.")
    private String timeZone;

    @Option(names = "--create-users", description = "Bring in participants who are not there.")
    private boolean createUsers;

    @Option(
            names = "--create-items",
            description = "Bring in items, and their activities, that are not there.")
    private boolean createItems;

    @Option(names = "--silent", description = "Tell no subscriber.")
    private boolean silent;

    @Option(
            names = "--errors",
            paramLabel = "FILE",
            description = "Write the refused rows there, to be mended and imported again.")
    private Path errors;

    @Override
    public Integer call() {
        requireFile(file);
        if (map != null) {
            requireFile(map);
        }
        if (errors != null && !Files.isDirectory(errors.toAbsolutePath().getParent())) {
            throw new ParameterException(command.commandLine(), "There is no folder for " + errors);
        }
        return server.run(this::importFile);
    }

    private void requireFile(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new ParameterException(command.commandLine(), "There is no file " + path);
        }
    }

    private int importFile(ApiClient api) {
        var done = follow(api, submit(api));
        tell(done);
        if (done.path("state").asString().equals("failed")) {
            command.commandLine().getErr().println(done.path("failure").asString());
            return 1;
        }
        tellRefused(api, done);
        return done.path("refused").asLong() == 0 ? 0 : 1;
    }

    private JsonNode submit(ApiClient api) {
        var parameters = parameters();
        if (map == null) {
            return upload(api, parameters);
        }
        var mapping = mapping();
        if (dryRun) {
            return mapping.lend(api, name -> upload(api, with(parameters, name)));
        }
        if (!replaceMap && mapping.isTaken(api)) {
            throw new ParameterException(
                    command.commandLine(),
                    "The mapping would be remembered as \"%s\", which others go by. Name the file otherwise, or say --replace-map."
                            .formatted(mapping.name()));
        }
        return upload(api, with(parameters, mapping.remember(api)));
    }

    private static Map<String, String> with(Map<String, String> parameters, String mapping) {
        parameters.put("mapping", mapping);
        return parameters;
    }

    private Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("dryRun", String.valueOf(dryRun));
        parameters.put("announce", String.valueOf(!silent));
        parameters.put("createUsers", String.valueOf(createUsers));
        parameters.put("createItems", String.valueOf(createItems));
        if (policy != null) {
            parameters.put("policy", policy);
        }
        if (timeZone != null) {
            parameters.put("timeZone", timeZone);
        }
        return parameters;
    }

    private MappingFile mapping() {
        try {
            return MappingFile.read(map, base() + "/import-mappings");
        } catch (JacksonException e) {
            throw new ParameterException(
                    command.commandLine(), map + " is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode upload(ApiClient api, Map<String, String> parameters) {
        var query =
                parameters.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
        try (var progress = ProgressBar.onTerminal(Files.size(file))) {
            return api.upload(base() + "/imports" + query, file, mediaType(), progress::at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String mediaType() {
        var name = file.getFileName().toString();
        var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!MEDIA_TYPES.containsKey(ending)) {
            throw new ParameterException(
                    command.commandLine(),
                    "What is in %s? Its name must end in one of %s."
                            .formatted(
                                    file, String.join(", ", new TreeSet<>(MEDIA_TYPES.keySet()))));
        }
        return MEDIA_TYPES.get(ending);
    }

    private JsonNode follow(ApiClient api, JsonNode queued) {
        var path = base() + "/imports/" + queued.path("id").asString();
        var job = queued;
        while (isUnderWay(job) && job.path("total").isNull()) {
            job = later(api, path);
        }
        try (var progress = ProgressBar.ofRows(job.path("total").asLong())) {
            for (; isUnderWay(job); job = later(api, path)) {
                progress.at(job.path("done").asLong());
            }
        }
        return job;
    }

    private static JsonNode later(ApiClient api, String path) {
        LockSupport.parkNanos(POLL_PAUSE.toNanos());
        return api.get(path);
    }

    private static boolean isUnderWay(JsonNode job) {
        var state = job.path("state").asString();
        return state.equals("queued") || state.equals("running");
    }

    private void tell(JsonNode job) {
        PrintWriter out = command.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s%s: %,d of %,d rows. %,d created, %,d updated, %,d unchanged, %,d refused.%n",
                dryRun ? "Dry run, " : "",
                job.path("state").asString(),
                job.path("done").asLong(),
                job.path("total").asLong(),
                job.path("created").asLong(),
                job.path("updated").asLong(),
                job.path("unchanged").asLong(),
                job.path("refused").asLong());
        out.printf("  import    %s%n", job.path("id").asString());
        for (JsonNode warning : job.path("warnings")) {
            out.printf("  warning   %s%n", warning.asString());
        }
        out.flush();
    }

    private void tellRefused(ApiClient api, JsonNode job) {
        long refused = job.path("refused").asLong();
        if (refused == 0) {
            return;
        }
        PrintWriter out = command.commandLine().getOut();
        var path = base() + "/imports/" + job.path("id").asString();
        for (JsonNode row :
                api.get(path + "/rows?verdict=refused&limit=" + SHOWN_MAX).path("items")) {
            var error = row.path("errors").path(0);
            out.printf(
                    "  line %-5s %s \"%s\" %s%n",
                    row.path("line").asString(),
                    error.path("column").asString(),
                    error.path("value").asString(),
                    error.path("message").asString());
        }
        if (refused > SHOWN_MAX) {
            out.printf(Locale.ROOT, "  and %,d more%n", refused - SHOWN_MAX);
        }
        if (errors != null) {
            save(api.getBytes(path + "/errors.csv"));
            out.printf("The refused rows are in %s: mend them and import that file.%n", errors);
        } else {
            out.println("--errors FILE writes the refused rows, to be mended and imported again.");
        }
        out.flush();
    }

    private void save(byte[] csv) {
        try {
            Files.write(errors, csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String base() {
        return "/clients/" + client;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
