package io.coursewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a body of a few mebibytes may cost, whatever is in it.
@Timeout(20)
class JsonFieldsTest {
    @Test
    void what_cannot_be_stored_is_told_by_its_place() {
        var refused = refused("{'a/b':[0,{'c':'\\u0000'}],'d':'\\ud800','e':'\\u00e9'}");
        assertThat(refused.fields())
                .extracting(InvalidInput.Field::pointer)
                .containsExactly("/a~1b/1/c", "/d");
    }

    @Test
    void long_names_around_many_values_cost_no_more_than_their_length() {
        var name = "'" + "n".repeat(Json.NAME_CHARS_MAX) + "':";
        var refused =
                refused(
                        ("{" + name).repeat(60)
                                + "["
                                + "0,".repeat(400_000)
                                + "'\\u0000','\\u0000']"
                                + "}".repeat(60));
        assertThat(refused.fields()).hasSize(2);
        assertThat(refused.getMessage()).hasSizeLessThan(5_000);
    }

    @Test
    void names_are_limited() {
        assertThat(refused("{'" + "n".repeat(Json.NAME_CHARS_MAX + 1) + "':0}").getMessage())
                .contains("beyond a limit");
    }

    @Test
    void values_are_limited_in_number() {
        var objects = "{'commits':[" + "{},".repeat(Json.TOKENS_MAX / 2) + "{}]}";
        assertThat(refused(objects).getMessage()).contains("beyond a limit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e-2000000000", "-1e-30000000", "1e-1000000", "0e-99999", "1e2000000000"})
    void a_number_far_from_the_point_costs_nothing(String number) {
        var fields = JsonFields.parse(("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8));
        assertThat(fields.optionalDecimal("n", BigDecimal.ONE.negate(), BigDecimal.TEN)).isEmpty();
        assertThatThrownBy(fields::check)
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("100 digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1e-98", "9.99e1", "-0.00"})
    void numbers_that_can_be_written_out_are_taken(String number) {
        var fields = JsonFields.parse(("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8));
        assertThat(fields.optionalDecimal("n", BigDecimal.ZERO, new BigDecimal(100)))
                .contains(new BigDecimal(number));
        fields.check();
    }

    private static InvalidInput refused(String json) {
        var body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return catchThrowableOfType(InvalidInput.class, () -> JsonFields.parse(body).check());
    }
}
