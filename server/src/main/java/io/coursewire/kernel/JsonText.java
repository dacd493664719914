package io.coursewire.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Turns bytes into a JSON object whose every text can be stored and sent on as it is.
final class JsonText {
    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final int POINTER_CHARS_MAX = 1_000;

    private final InputErrors errors = new InputErrors();

    /// Names and indexes down to the node that is looked at; written out only where something is wrong.
    private final Deque<Object> steps = new ArrayDeque<>();

    private JsonText() {}

    static ObjectNode object(byte[] body) {
        if (body.length == 0) {
            throw refused("The body is empty; a JSON object is expected.");
        }
        var text = decode(body);
        if (!(tree(text) instanceof ObjectNode object)) {
            throw refused("The body must be one JSON object.");
        }
        // Neither fault can be written without an escape, and few bodies have one.
        if (text.contains("\\u")) {
            var texts = new JsonText();
            texts.walk(object);
            texts.errors.check();
        }
        return object;
    }

    private static String decode(byte[] body) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw refused("The body is not valid UTF-8. Send it encoded as UTF-8.");
        }
    }

    private static JsonNode tree(String text) {
        try {
            return Json.RECEIVED.readTree(text);
        } catch (StreamConstraintsException e) {
            throw refused("The JSON goes beyond a limit: " + e.getOriginalMessage());
        } catch (JacksonException e) {
            throw refused(
                    "The body is not valid JSON"
                            + place(e)
                            + ": "
                            + firstLine(e.getOriginalMessage()));
        }
    }

    // PostgreSQL cannot store NUL, and an unpaired surrogate has no UTF-8 form.
    private void walk(JsonNode node) {
        switch (node) {
            case ObjectNode object ->
                    object.forEachEntry(
                            (name, value) -> {
                                checkText(name);
                                walk(name, value);
                            });
            case JsonNode array when array.isArray() -> {
                for (int i = 0; i < array.size(); i++) {
                    walk(i, array.get(i));
                }
            }
            case JsonNode text when text.isString() -> checkText(text.stringValue());
            default -> {}
        }
    }

    private void walk(Object step, JsonNode node) {
        steps.addLast(step);
        walk(node);
        steps.removeLast();
    }

    private void checkText(String text) {
        if (errors.isFull()) {
            return;
        }
        if (text.indexOf('\0') >= 0) {
            errors.add(
                    pointer(),
                    "holds a NUL character (\\u0000), which cannot be stored. Leave it out.");
        } else if (text.codePoints().anyMatch(JsonText::isSurrogate)) {
            errors.add(
                    pointer(),
                    "holds half of a surrogate pair, which is no character. Leave it out.");
        }
    }

    /// To the node, or where that is long, to what it is in.
    private String pointer() {
        var pointer = new StringBuilder();
        for (var step : steps) {
            var next = "/" + JsonFields.escape(step.toString());
            if (pointer.length() + next.length() > POINTER_CHARS_MAX) {
                break;
            }
            pointer.append(next);
        }
        return pointer.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static String place(JacksonException e) {
        var at = e.getLocation();
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static InvalidInput refused(String message) {
        return new InvalidInput("", message);
    }
}
