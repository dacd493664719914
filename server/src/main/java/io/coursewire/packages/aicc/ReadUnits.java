package io.coursewire.packages.aicc;

import io.coursewire.packages.Aicc.LaunchData;
import io.coursewire.packages.Aicc.Unit;
import io.coursewire.packages.LaunchValues;
import io.coursewire.packages.ResolveHref;
import io.coursewire.packages.Urls;
import io.coursewire.packages.Warnings;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads the `.au` file: the assignable units and what each of them opens.
final class ReadUnits {
    private final CourseFile file;
    private final ResolveHref resolve;
    private final Map<String, List<String>> objectives;
    private final Warnings warnings;

    /// @param objectives of each unit, from the `.ort` file
    ReadUnits(
            CourseFile file,
            ResolveHref resolve,
            Map<String, List<String>> objectives,
            Warnings warnings) {
        this.file = file;
        this.resolve = resolve;
        this.objectives = objectives;
        this.warnings = warnings;
    }

    /// By system id in upper case.
    Map<String, Unit> read() {
        var units = new HashMap<String, Unit>();
        for (var row : CourseTable.parse(file.text()).rows()) {
            var id = row.get("system_id").map(text -> text.toUpperCase(Locale.ROOT));
            if (id.isEmpty()) {
                warnings.add("no-identifier", "a unit has no system id", file.place(row.line()));
            }
            if (id.filter(units::containsKey).isPresent()) {
                warnings.add(
                        "duplicate-identifier",
                        "the unit " + id.get() + " is described twice; the first is used",
                        file.place(row.line()));
                continue;
            }
            id.flatMap(known -> unit(known, row)).ifPresent(unit -> units.put(id.get(), unit));
        }
        return units;
    }

    private Optional<Unit> unit(String id, CourseTable.Row row) {
        var place = file.place(row.line());
        var name = row.get("file_name").or(() -> row.get("command_line"));
        if (name.isEmpty()) {
            warnings.add(
                    "no-href", "the unit " + id + " has no file name; it opens nothing", place);
        }
        return name.flatMap(href -> resolve(href, place))
                .map(href -> Urls.join(href, row.get("web_launch").orElse("")))
                .map(
                        href ->
                                new Unit(
                                        href,
                                        launchData(row),
                                        objectives.getOrDefault(id, List.of()),
                                        row.get("au_password")));
    }

    /// Content on another server is at home in AICC: it reports over HTTP from wherever it is.
    private Optional<String> resolve(String href, String place) {
        return Urls.isWeb(href)
                ? Optional.of(Urls.external(href))
                : resolve.resolve("", href, place);
    }

    private LaunchData launchData(CourseTable.Row row) {
        return new LaunchData(
                masteryScore(row),
                maxTimeAllowed(row),
                row.get("time_limit_action").flatMap(action -> action(action, row)),
                row.get("core_vendor"));
    }

    private Optional<BigDecimal> masteryScore(CourseTable.Row row) {
        var text = row.get("mastery_score");
        var score = text.flatMap(LaunchValues::score);
        return text.isPresent() && score.isEmpty() ? leftOut(text.get(), row) : score;
    }

    private Optional<String> maxTimeAllowed(CourseTable.Row row) {
        var text = row.get("max_time_allowed").filter(time -> !LaunchValues.isZero(time));
        var time = text.flatMap(LaunchValues::timespan);
        return text.isPresent() && time.isEmpty() ? leftOut(text.get(), row) : time;
    }

    /// First letters decide: `C,N`, `Exit, Message`, `"N","C"`.
    private Optional<String> action(String text, CourseTable.Row row) {
        var letters = new StringBuilder();
        for (var word : text.toLowerCase(Locale.ROOT).split("[,;\\s]+")) {
            letters.append(word.isEmpty() ? "" : word.charAt(0));
        }
        boolean exits = letters.indexOf("e") >= 0;
        boolean continues = letters.indexOf("c") >= 0;
        if (exits == continues) {
            return leftOut(text, row);
        }
        boolean silent = letters.indexOf("n") >= 0;
        return Optional.of((exits ? "exit" : "continue") + (silent ? ",no message" : ",message"));
    }

    private <T> Optional<T> leftOut(String text, CourseTable.Row row) {
        warnings.add("bad-value", "\"" + text + "\" is left out", file.place(row.line()));
        return Optional.empty();
    }
}
