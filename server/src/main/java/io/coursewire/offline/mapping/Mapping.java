package io.coursewire.offline.mapping;

import io.coursewire.offline.reading.TextForm;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How a source writes its results, where that is not by our names and forms.
///
/// `columns` says what a column of the file holds; `constants` what every row has; `values` what the words in a
/// field mean; `percent` which fields are in hundredths. `source` names the system whose record ids these are.
public record Mapping(
        Map<String, Field> columns,
        Map<Field, String> constants,
        Map<Field, Map<String, String>> values,
        Set<Field> percent,
        Forms forms,
        Optional<String> source,
        TextForm text) {
    public static final Mapping NONE =
            new Mapping(
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Set.of(),
                    Forms.DEFAULT,
                    Optional.empty(),
                    TextForm.UNKNOWN);

    public enum DateOrder {
        DAY_FIRST,
        MONTH_FIRST
    }

    /// How dates and numbers are written: patterns of DateTimeFormatter to try before the usual forms, the time
    /// zone of times without an offset, what comes first in 03/04/2026, whether 0,5 is a half.
    public record Forms(
            List<String> datePatterns,
            ZoneId zone,
            Optional<DateOrder> dateOrder,
            Optional<Boolean> decimalComma) {
        public static final Forms DEFAULT =
                new Forms(List.of(), ZoneOffset.UTC, Optional.empty(), Optional.empty());

        public Forms {
            datePatterns = List.copyOf(datePatterns);
        }

        public Forms withDecimalComma(boolean likely) {
            return new Forms(
                    datePatterns, zone, dateOrder, Optional.of(decimalComma.orElse(likely)));
        }
    }

    /// For a file whose columns are ours.
    public Mapping withoutColumns() {
        return new Mapping(Map.of(), constants, values, percent, forms, source, text);
    }

    public Mapping {
        columns = Map.copyOf(columns);
        constants = Map.copyOf(constants);
        values = Map.copyOf(values);
        percent = Set.copyOf(percent);
    }
}
