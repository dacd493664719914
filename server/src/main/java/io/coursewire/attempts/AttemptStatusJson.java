package io.coursewire.attempts;

import io.coursewire.attempts.AttemptStatus.TrainingItem;
import io.coursewire.kernel.Json;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;

/// The one JSON form of an AttemptStatus: every property, in the order of its definition, on one line.
/// Scores have 4 decimals, durations 2, weightings 3, latencies up to 2; rounding is half up; times are
/// UTC to the second without a zone. What is not available is null.
public final class AttemptStatusJson {
    private static final DateTimeFormatter TO_THE_SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private static final ObjectWriter WRITER =
            Json.MAPPER.writer().with(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);

    private AttemptStatusJson() {}

    /// UTF-8, at most 4 MiB: interactions that would exceed it are left out, the last first.
    public static byte[] write(AttemptStatus status) {
        byte[] bytes = bytesOf(status);
        while (bytes.length > AttemptStatus.BYTES_MAX) {
            List<Interaction> kept = status.interactions();
            status = status.withInteractions(kept.subList(0, kept.size() * 3 / 4));
            bytes = bytesOf(status);
        }
        return bytes;
    }

    private static byte[] bytesOf(AttemptStatus status) {
        var out = new ByteArrayOutputStream(1024 + 300 * status.interactions().size());
        try (var json = generator(out)) {
            writeAttempt(json, status);
        }
        return out.toByteArray();
    }

    static JsonGenerator generator(ByteArrayOutputStream out) {
        return WRITER.createGenerator(out);
    }

    private static void writeAttempt(JsonGenerator json, AttemptStatus status) {
        json.writeStartObject();
        json.writeStringProperty("clientId", status.clientId().value());
        writeUser(json, status.user());
        writeTrainingItem(json, "activity", status.activity());
        writeTrainingItem(json, "item", status.item());
        json.writeStringProperty("attemptId", status.attemptId().toString());
        json.writeNumberProperty("attemptNumber", status.attemptNumber());
        json.writeStringProperty("status", status.status().word());
        writeDecimal(json, "scoreScaled", status.score().scaledOrDerived(), 4);
        writeDecimal(json, "scoreRaw", status.score().raw(), 4);
        writeDecimal(json, "scoreMinimum", status.score().minimum(), 4);
        writeDecimal(json, "scoreMaximum", status.score().maximum(), 4);
        writeTime(json, "startedDateTime", status.started());
        writeTime(json, "completedDateTime", status.completed());
        writeDecimal(json, "durationSeconds", status.durationSeconds(), 2);
        json.writeStringProperty("dataSource", status.dataSource().word());
        json.writeArrayPropertyStart("interactions");
        status.interactions().forEach(interaction -> writeInteraction(json, interaction));
        json.writeEndArray();
        json.writeEndObject();
    }

    static void writeUser(JsonGenerator json, AttemptStatus.User user) {
        json.writeObjectPropertyStart("user");
        json.writeStringProperty("id", user.id().toString());
        json.writeStringProperty("username", user.username());
        json.writeEndObject();
    }

    static void writeTrainingItem(JsonGenerator json, String name, TrainingItem<?> item) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("id", item.id().toString());
        json.writeStringProperty("title", item.title());
        json.writeStringProperty("type", item.type());
        json.writeStringProperty("externalId", item.externalId());
        json.writeEndObject();
    }

    private static void writeInteraction(JsonGenerator json, Interaction interaction) {
        json.writeStartObject();
        json.writeNumberProperty("number", interaction.number());
        json.writeStringProperty("id", interaction.id());
        writeText(json, "questionType", interaction.questionType().map(QuestionType::word));
        writeText(json, "description", interaction.description());
        writeText(json, "learnerResponse", interaction.learnerResponse());
        writeText(json, "correctResponse", interaction.correctResponse());
        writeText(json, "result", interaction.result().map(InteractionResult::word));
        writeDecimal(json, "weighting", interaction.weighting(), 3);
        writeDecimal(
                json,
                "latencySeconds",
                interaction.latencySeconds().map(AttemptStatusJson::withoutTrailingZeros),
                0);
        writeTime(json, "timestamp", interaction.timestamp());
        json.writeEndObject();
    }

    private static BigDecimal withoutTrailingZeros(BigDecimal seconds) {
        return seconds.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
    }

    private static void writeText(JsonGenerator json, String name, Optional<String> text) {
        json.writeName(name);
        text.ifPresentOrElse(json::writeString, json::writeNull);
    }

    /// `decimals` are the fewest to write; a value that has more is rounded to them, 0 leaves it as it is.
    static void writeDecimal(
            JsonGenerator json, String name, Optional<BigDecimal> number, int decimals) {
        json.writeName(name);
        number.map(value -> decimals == 0 ? value : value.setScale(decimals, RoundingMode.HALF_UP))
                .ifPresentOrElse(json::writeNumber, json::writeNull);
    }

    static void writeTime(JsonGenerator json, String name, Optional<Instant> time) {
        json.writeName(name);
        time.map(TO_THE_SECOND::format).ifPresentOrElse(json::writeString, json::writeNull);
    }
}
