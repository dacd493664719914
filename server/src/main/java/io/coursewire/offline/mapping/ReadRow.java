package io.coursewire.offline.mapping;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.coursewire.attempts.GivenResult;
import io.coursewire.attempts.Interaction;
import io.coursewire.attempts.Score;
import io.coursewire.attempts.Status;
import io.coursewire.catalog.Label;
import io.coursewire.catalog.Participant;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.JsonFields;
import io.coursewire.kernel.Nearest;
import io.coursewire.kernel.UserId;
import io.coursewire.offline.InteractionFields;
import io.coursewire.offline.ResultRules;
import io.coursewire.offline.mapping.ResultRow.Titles;
import io.coursewire.offline.mapping.ResultRow.What;
import io.coursewire.offline.mapping.ResultRow.Who;
import io.coursewire.offline.reading.Row;
import io.coursewire.offline.reading.Rows;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads a row: every cell by its field, and all that is wrong with it at once.
public final class ReadRow {
    private static final Map<String, Status> STATUSES =
            Arrays.stream(Status.values())
                    .collect(toMap(status -> Cells.folded(status.word()), identity()));
    private static final List<String> STATUS_WORDS =
            Arrays.stream(Status.values())
                    .filter(status -> status != Status.ACTIVE)
                    .map(Status::word)
                    .toList();
    private static final int NAME_CHARS_MAX = 255;
    private static final int RECORD_ID_CHARS_MAX = 1_000;
    private static final int TITLE_CHARS_MAX = 1_000;
    private static final String UUID_FORM = "must be an id: a UUID in its 36-character form.";

    private final Columns columns;
    private final Mapping mapping;
    private final Dates dates;
    private final boolean decimalComma;
    private final boolean neutralised;

    /// `rows` says how its source is likely to write, where the mapping does not.
    public ReadRow(Columns columns, Mapping mapping, Rows rows) {
        this.columns = columns;
        this.mapping = mapping;
        this.dates = new Dates(mapping.forms());
        this.decimalComma = mapping.forms().decimalComma().orElse(rows.decimalComma());
        this.neutralised = rows.neutralised();
    }

    /// Either a row or what is wrong with it.
    public sealed interface Outcome {}

    public record Understood(ResultRow row) implements Outcome {}

    public record Faulty(List<RowFault> faults) implements Outcome {}

    public Outcome read(Row row, Instant now) {
        var reading = new Reading(row);
        var result = reading.row();
        if (reading.faults.isEmpty()) {
            ResultRules.faults(result.result(), now)
                    .forEach(
                            fault ->
                                    reading.refuse(
                                            Field.BY_NAME.get(fault.field()), fault.message()));
        }
        return reading.faults.isEmpty() ? new Understood(result) : new Faulty(reading.faults);
    }

    /// One row under way.
    private final class Reading {
        private final Row row;
        private final List<RowFault> faults = new ArrayList<>(0);

        Reading(Row row) {
            this.row = row;
            for (var flaw : row.flaws()) {
                var column = flaw.column() < 0 ? "" : columns.header().get(flaw.column());
                faults.add(new RowFault(column, "", flaw.message()));
            }
        }

        ResultRow row() {
            var who = who();
            var what = what();
            return new ResultRow(
                    row.line(),
                    who,
                    what,
                    text(Field.RECORD_ID, RECORD_ID_CHARS_MAX)
                            .or(() -> text(Field.ATTEMPT_ID, RECORD_ID_CHARS_MAX)),
                    number(),
                    result());
        }

        private Who who() {
            var who =
                    new Who(
                            parsed(Field.USER_ID, UserId::parse, UUID_FORM),
                            text(Field.USERNAME, Participant.USERNAME_CHARS_MAX),
                            text(Field.USER_EXTERNAL_ID, NAME_CHARS_MAX),
                            text(Field.FIRST_NAME, NAME_CHARS_MAX),
                            text(Field.LAST_NAME, NAME_CHARS_MAX),
                            text(Field.EMAIL, NAME_CHARS_MAX));
            if (who.id().isEmpty() && who.username().isEmpty() && who.externalId().isEmpty()) {
                refuse(
                        present(Field.USERNAME, Field.USER_ID, Field.USER_EXTERNAL_ID),
                        "is empty: whose result is it?");
            }
            return who;
        }

        private What what() {
            var what =
                    new What(
                            parsed(Field.ITEM_ID, ItemId::parse, UUID_FORM),
                            text(Field.ITEM_EXTERNAL_ID, Label.EXTERNAL_ID_CHARS_MAX),
                            parsed(Field.ACTIVITY_ID, ActivityId::parse, UUID_FORM),
                            text(Field.ACTIVITY_EXTERNAL_ID, Label.EXTERNAL_ID_CHARS_MAX),
                            new Titles(
                                    text(Field.ITEM_TITLE, TITLE_CHARS_MAX),
                                    text(Field.ITEM_TYPE, NAME_CHARS_MAX),
                                    text(Field.ACTIVITY_TITLE, TITLE_CHARS_MAX),
                                    text(Field.ACTIVITY_TYPE, NAME_CHARS_MAX)));
            if (what.item().isEmpty() && what.itemExternalId().isEmpty()) {
                refuse(
                        present(Field.ITEM_EXTERNAL_ID, Field.ITEM_ID),
                        "is empty: what is it the result of?");
            }
            return what;
        }

        private Field present(Field first, Field... others) {
            return Arrays.stream(others)
                    .filter(_ -> columns.place(first).isEmpty())
                    .filter(field -> columns.place(field).isPresent())
                    .findFirst()
                    .orElse(first);
        }

        private GivenResult result() {
            return new GivenResult(
                    status(),
                    new Score(
                            value(Field.SCORE_SCALED, this::fraction),
                            value(Field.SCORE_RAW, this::points),
                            value(Field.SCORE_MINIMUM, this::points),
                            value(Field.SCORE_MAXIMUM, this::points)),
                    value(Field.STARTED, dates::read),
                    value(Field.COMPLETED, dates::read),
                    value(Field.DURATION, text -> Cells.seconds(text, decimalComma)),
                    interactions());
        }

        private Status status() {
            var word = cell(Field.STATUS);
            if (word.isEmpty()) {
                refuse(Field.STATUS, "is empty; it is one of " + words() + ".");
                return Status.NOT_STARTED;
            }
            var status =
                    Optional.ofNullable(STATUSES.get(Cells.folded(meaning(Field.STATUS, word))));
            if (status.isEmpty()) {
                refuse(
                        Field.STATUS,
                        "must be one of "
                                + words()
                                + "."
                                + Nearest.hint(word, STATUS_WORDS)
                                + " Other words are named by values in the mapping.");
            }
            return status.orElse(Status.NOT_STARTED);
        }

        private static String words() {
            return String.join(", ", STATUS_WORDS);
        }

        private Optional<Integer> number() {
            var number =
                    value(Field.ATTEMPT_NUMBER, text -> Cells.number(text, decimalComma))
                            .map(BigDecimal::stripTrailingZeros);
            if (number.filter(ReadRow::isNoAttemptNumber).isPresent()) {
                refuse(
                        Field.ATTEMPT_NUMBER,
                        "must be a whole number from 1 to " + ResultRules.NUMBER_MAX + ".");
                return Optional.empty();
            }
            return number.map(BigDecimal::intValueExact);
        }

        private Cell<BigDecimal> fraction(String text) {
            return Cells.fraction(
                    text, decimalComma, mapping.percent().contains(Field.SCORE_SCALED));
        }

        private Cell<BigDecimal> points(String text) {
            return text.strip().endsWith("%")
                    ? new Cell.Bad<>("is a percentage. Map the column to scoreScaled.")
                    : Cells.number(text, decimalComma);
        }

        private List<Interaction> interactions() {
            var json = cell(Field.INTERACTIONS);
            if (json.isEmpty()) {
                return List.of();
            }
            try {
                var fields =
                        JsonFields.parse(
                                ("{\"interactions\":" + json + "}")
                                        .getBytes(StandardCharsets.UTF_8));
                var interactions = InteractionFields.read(fields);
                fields.check();
                return interactions;
            } catch (InvalidInput invalid) {
                var first = invalid.fields().getFirst();
                refuse(
                        Field.INTERACTIONS,
                        "must be a JSON array of interactions: "
                                + first.pointer()
                                + " "
                                + first.message());
                return List.of();
            }
        }

        private <T> Optional<T> value(Field field, Function<String, Cell<T>> read) {
            var text = cell(field);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            return switch (read.apply(meaning(field, text))) {
                case Cell.Value<T>(var value) -> Optional.of(value);
                case Cell.Bad<T>(var message) -> {
                    refuse(field, message);
                    yield Optional.empty();
                }
            };
        }

        private <T> Optional<T> parsed(
                Field field, Function<String, Optional<T>> parser, String form) {
            return value(
                    field,
                    text ->
                            parser.apply(text.strip())
                                    .<Cell<T>>map(Cell.Value::new)
                                    .orElseGet(() -> new Cell.Bad<>(form)));
        }

        private Optional<String> text(Field field, int charsMax) {
            var text = cell(field);
            if (text.length() > charsMax) {
                refuse(
                        field,
                        "has %d characters; at most %d are taken."
                                .formatted(text.length(), charsMax));
                return Optional.empty();
            }
            if (text.indexOf('\0') >= 0) {
                refuse(field, "holds a NUL character.");
                return Optional.empty();
            }
            return text.isEmpty() ? Optional.empty() : Optional.of(meaning(field, text));
        }

        private String cell(Field field) {
            var place = columns.place(field);
            var cell = place.isPresent() ? row.cells().get(place.get()).strip() : "";
            return cell.isEmpty()
                    ? mapping.constants().getOrDefault(field, "")
                    : neutralised ? SpreadsheetText.original(cell) : cell;
        }

        private String meaning(Field field, String text) {
            var words = mapping.values().get(field);
            return words == null ? text : words.getOrDefault(Cells.folded(text), text);
        }

        void refuse(Field field, String message) {
            faults.add(new RowFault(columns.name(field), cell(field), message));
        }
    }

    private static boolean isNoAttemptNumber(BigDecimal number) {
        return number.scale() > 0
                || number.signum() <= 0
                || number.compareTo(BigDecimal.valueOf(ResultRules.NUMBER_MAX)) > 0;
    }
}
