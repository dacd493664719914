package io.coursewire.offline.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.offline.mapping.Cell.Bad;
import io.coursewire.offline.mapping.Cell.Value;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Numbers, spans and texts of cells, by tables and by chance.
class CellsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12|false|12", "-5|false|-5", "0,5|true|0.5", "0,5|false|0.5", "0.767|true|0.767",
                "1.234,5|true|1234.5", "1,234.5|false|1234.5", "1 234|false|1234", ".5|false|.5",
                        "12.|false|12"
            })
    void a_number_is_read_as_it_is_meant(String cell, boolean decimalComma, BigDecimal number) {
        assertThat(Cells.number(cell, decimalComma))
                .isInstanceOfSatisfying(
                        Value.class,
                        value ->
                                assertThat((BigDecimal) value.value())
                                        .isEqualByComparingTo(number));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,234|false",
                "1.234|true",
                "many|false",
                "1e5|false",
                "--5|false",
                "0x10|false",
                "NaN|false"
            })
    void what_is_no_number_or_may_be_two_is_refused(String cell, boolean decimalComma) {
        assertThat(Cells.number(cell, decimalComma)).isInstanceOf(Bad.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"85%|false|0.85", "85|true|0.85", "87,5 %|false|0.875", "0.85|false|0.85"})
    void a_percentage_is_hundredths(String cell, boolean inHundredths, BigDecimal fraction) {
        assertThat(Cells.fraction(cell, false, inHundredths))
                .isInstanceOfSatisfying(
                        Value.class,
                        value ->
                                assertThat((BigDecimal) value.value())
                                        .isEqualByComparingTo(fraction));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"90|90", "1:02:03|3723", "PT1H2M3S|3723", "pt0.5s|0.5", "0:00:09.25|9.25"})
    void a_span_is_seconds(String cell, BigDecimal seconds) {
        assertThat(Cells.seconds(cell, false))
                .isInstanceOfSatisfying(
                        Value.class,
                        value ->
                                assertThat((BigDecimal) value.value())
                                        .isEqualByComparingTo(seconds));
    }

    @Test
    void a_span_that_may_be_two_is_refused() {
        assertThat(Cells.seconds("1:30", false)).isInstanceOf(Bad.class);
        assertThat(Cells.seconds("P1Y", false)).isInstanceOf(Bad.class);
    }

    @Test
    void any_text_comes_back_from_a_spreadsheet_and_none_runs_there() {
        var random = new Random(20261124);
        var characters = "'=+-@\t\r a1.,";
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(6); n > 0; n--) {
                text.append(characters.charAt(random.nextInt(characters.length())));
            }
            var cell = SpreadsheetText.neutralised(text.toString());
            assertThat(SpreadsheetText.original(cell)).isEqualTo(text.toString());
            assertThat(cell.matches("(?s)[=@\t\r].*")).as(cell).isFalse();
        }
        assertThat(SpreadsheetText.neutralised("-5")).isEqualTo("-5");
        assertThat(SpreadsheetText.neutralised("-5+cmd")).isEqualTo("'-5+cmd");
    }
}
