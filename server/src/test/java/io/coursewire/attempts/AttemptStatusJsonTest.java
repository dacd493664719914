package io.coursewire.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.coursewire.attempts.AttemptStatus.TrainingItem;
import io.coursewire.attempts.AttemptStatus.User;
import io.coursewire.kernel.ActivityId;
import io.coursewire.kernel.AttemptId;
import io.coursewire.kernel.ClientId;
import io.coursewire.kernel.ItemId;
import io.coursewire.kernel.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The JSON form is a contract: subscribers parse these very bytes.
class AttemptStatusJsonTest {
    // Taken from the public contract, character by character.
    private static final String CONTRACT =
            """
            {"clientId":"companyxyz","user":{"id":"b6e77692-60f3-4a1a-afcd-b97edb55fed2","username":"sleyhane"},"activity":{"id":"88f95920-aab2-405a-980c-0561599b2241","title":"How To Be An Authentic Speaker","type":"course","externalId":"authentic_speaker_org"},"item":{"id":"0e4936c1-82d5-49c5-89e7-3c784dfd1b35","title":"How To Be An Authentic Speaker","type":"unknown","externalId":"authentic_speaker_sco"},"attemptId":"c657e081-37ca-4262-a17d-5a72f8960892","attemptNumber":1,"status":"passed","scoreScaled":0.7667,"scoreRaw":2.0000,"scoreMinimum":0.0000,"scoreMaximum":5.0000,"startedDateTime":"2015-08-21T15:35:17","completedDateTime":"2015-08-25T14:32:01","durationSeconds":109.41,"dataSource":"online","interactions":[{"number":0,"id":"Q_01","questionType":"choice","description":"Which is the best way to speak to a large audience?","learnerResponse":"R3","correctResponse":"R2","result":"incorrect","weighting":1.000,"latencySeconds":42,"timestamp":"2015-08-25T14:01:43"}]}"""
                    .strip();

    static final Interaction QUESTION =
            new Interaction(
                    0,
                    "Q_01",
                    Optional.of(QuestionType.CHOICE),
                    Optional.of("Which is the best way to speak to a large audience?"),
                    Optional.of("R3"),
                    Optional.of("R2"),
                    Optional.of(InteractionResult.INCORRECT),
                    decimal("1"),
                    decimal("42"),
                    Optional.of(Instant.parse("2015-08-25T14:01:43Z")));

    static final AttemptStatus EXAMPLE =
            status(
                    new Score(decimal("0.7667"), decimal("2"), decimal("0"), decimal("5")),
                    decimal("109.41"),
                    List.of(QUESTION));

    @Test
    void the_example_of_the_contract_is_reproduced_byte_for_byte() {
        assertThat(json(EXAMPLE)).isEqualTo(CONTRACT);
    }

    @Test
    void the_example_is_valid_by_the_published_schema() {
        assertThat(schemaErrors(CONTRACT)).isEmpty();
    }

    @Test
    void the_schema_refuses_a_missing_key_a_foreign_word_and_a_score_out_of_range() {
        assertThat(schemaErrors(CONTRACT.replace("\"attemptNumber\":1,", ""))).isNotEmpty();
        assertThat(schemaErrors(CONTRACT.replace("\"passed\"", "\"succeeded\""))).isNotEmpty();
        assertThat(schemaErrors(CONTRACT.replace("0.7667", "1.7667"))).isNotEmpty();
        assertThat(schemaErrors(CONTRACT.replace("\"online\"", "\"online\",\"extra\":1")))
                .isNotEmpty();
    }

    @Test
    void what_is_not_available_is_null_and_every_key_is_there() {
        var bare = json(status(Score.NONE, Optional.empty(), List.of()));
        assertThat(bare)
                .contains(
                        "\"scoreScaled\":null,\"scoreRaw\":null,\"scoreMinimum\":null,\"scoreMaximum\":null")
                .contains(
                        "\"durationSeconds\":null,\"dataSource\":\"online\",\"interactions\":[]}");
        assertThat(schemaErrors(bare)).isEmpty();
    }

    @Test
    void numbers_are_rounded_half_up_and_never_carry_an_exponent() {
        var score =
                new Score(
                        decimal("0.00005"),
                        decimal("1E+7"),
                        decimal("-0.00004"),
                        decimal("12345678.00005"));
        assertThat(json(status(score, decimal("0.005"), List.of())))
                .contains("\"scoreScaled\":0.0001,\"scoreRaw\":10000000.0000")
                .contains("\"scoreMinimum\":0.0000,\"scoreMaximum\":12345678.0001")
                .contains("\"durationSeconds\":0.01,");
    }

    @Test
    void latencies_have_up_to_two_decimals_without_trailing_zeros() {
        assertThat(latency("40.00")).isEqualTo("40");
        assertThat(latency("1.50")).isEqualTo("1.5");
        assertThat(latency("1.005")).isEqualTo("1.01");
        assertThat(latency("0")).isEqualTo("0");
    }

    @Test
    void interactions_are_read_back_as_they_were_written() {
        assertThat(AttemptStatusReader.interactions(new Payload(AttemptStatusJson.write(EXAMPLE))))
                .singleElement()
                .satisfies(
                        read ->
                                assertThat(json(EXAMPLE.withInteractions(List.of(read))))
                                        .isEqualTo(CONTRACT));
    }

    @Test
    void renaming_the_participant_leaves_every_other_byte_as_it_was() {
        var renamed =
                AnonymiseAttempts.renamed(CONTRACT.getBytes(StandardCharsets.UTF_8), "nobody");
        assertThat(renamed.toString()).isEqualTo(CONTRACT.replace("sleyhane", "nobody"));
    }

    @Test
    void an_object_never_exceeds_its_limits() {
        var answer = "ä".repeat(Interaction.RESPONSE_CHARS_MAX);
        var many =
                IntStream.range(0, 6_000)
                        .mapToObj(n -> answered(n, n < 100 ? answer : "a"))
                        .toList();
        var bytes = AttemptStatusJson.write(EXAMPLE.withInteractions(many));
        assertThat(bytes.length).isLessThanOrEqualTo(AttemptStatus.BYTES_MAX);
        assertThat(schemaErrors(new String(bytes, StandardCharsets.UTF_8))).isEmpty();
        assertThat(EXAMPLE.withInteractions(many).interactions())
                .hasSize(AttemptStatus.INTERACTIONS_MAX);
    }

    private static String latency(String seconds) {
        var q = QUESTION;
        var timed =
                new Interaction(
                        0,
                        q.id(),
                        q.questionType(),
                        q.description(),
                        q.learnerResponse(),
                        q.correctResponse(),
                        q.result(),
                        q.weighting(),
                        decimal(seconds),
                        q.timestamp());
        return json(EXAMPLE.withInteractions(List.of(timed)))
                .replaceAll(".*\"latencySeconds\":([^,]*),.*", "$1");
    }

    private static Interaction answered(int number, String response) {
        var none = Optional.<BigDecimal>empty();
        return new Interaction(
                number,
                "q",
                Optional.empty(),
                Optional.empty(),
                Optional.of(response),
                Optional.empty(),
                Optional.empty(),
                none,
                none,
                Optional.empty());
    }

    private static AttemptStatus status(
            Score score, Optional<BigDecimal> seconds, List<Interaction> interactions) {
        return new AttemptStatus(
                new ClientId("companyxyz"),
                new User(
                        new UserId(UUID.fromString("b6e77692-60f3-4a1a-afcd-b97edb55fed2")),
                        "sleyhane"),
                new TrainingItem<>(
                        new ActivityId(UUID.fromString("88f95920-aab2-405a-980c-0561599b2241")),
                        "How To Be An Authentic Speaker",
                        "course",
                        "authentic_speaker_org"),
                new TrainingItem<>(
                        new ItemId(UUID.fromString("0e4936c1-82d5-49c5-89e7-3c784dfd1b35")),
                        "How To Be An Authentic Speaker",
                        "unknown",
                        "authentic_speaker_sco"),
                new AttemptId(UUID.fromString("c657e081-37ca-4262-a17d-5a72f8960892")),
                1,
                Status.PASSED,
                score,
                Optional.of(Instant.parse("2015-08-21T15:35:17Z")),
                Optional.of(Instant.parse("2015-08-25T14:32:01.999Z")),
                seconds,
                DataSource.ONLINE,
                interactions);
    }

    private static Optional<BigDecimal> decimal(String text) {
        return Optional.of(new BigDecimal(text));
    }

    private static String json(AttemptStatus status) {
        return new String(AttemptStatusJson.write(status), StandardCharsets.UTF_8);
    }

    private static List<?> schemaErrors(String json) {
        var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        try (var schema =
                AttemptStatusJsonTest.class.getResourceAsStream("/schemas/attempt-status.json")) {
            return registry.getSchema(schema, InputFormat.JSON).validate(json, InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
