package io.coursewire.api;

import io.coursewire.catalog.Label;
import io.coursewire.catalog.Language;
import io.coursewire.catalog.RelabelActivity.Change;
import io.coursewire.catalog.Titles;
import io.coursewire.catalog.TrainingType;
import io.coursewire.kernel.JsonFields;
import java.util.Optional;
import java.util.TreeMap;

/// Reads what a training item is called. A title is a text, or texts by language tag.
final class LabelBody {
    private LabelBody() {}

    /// `{title or titles, type, externalId}`, all of it. Empty when something was refused.
    static Optional<Label> whole(JsonFields body) {
        var change = change(body);
        if (!body.hasValue("titles")) {
            body.required("title", change.titles());
        }
        body.required("type", change.type());
        body.required("externalId", change.externalId());
        return change.titles()
                .flatMap(
                        titles ->
                                change.type()
                                        .flatMap(
                                                type ->
                                                        change.externalId()
                                                                .map(
                                                                        externalId ->
                                                                                new Label(
                                                                                        titles,
                                                                                        type,
                                                                                        externalId))));
    }

    /// `{title?, titles?, type?, externalId?}`: titles as an activity shows them, or a title as one is made with.
    static Change change(JsonFields body) {
        if (body.hasValue("title") && body.hasValue("titles")) {
            body.reject("titles", "says what title says. Give one of them.");
        }
        return change(body, body.hasValue("titles") ? byLanguage(body, "titles") : title(body));
    }

    private static Change change(JsonFields body, Optional<Titles> titles) {
        return new Change(
                titles,
                body.optionalWord("type", TrainingType.WORDS),
                body.optionalText("externalId", Label.EXTERNAL_ID_CHARS_MAX));
    }

    private static Optional<Titles> title(JsonFields body) {
        return body.isObject("title")
                ? byLanguage(body, "title")
                : body.optionalText("title", Titles.CHARS_MAX).map(Titles::of);
    }

    private static Optional<Titles> byLanguage(JsonFields body, String field) {
        var titles = new TreeMap<String, String>();
        body.textMap(field, Titles.LANGUAGES_MAX, Titles.CHARS_MAX)
                .forEach((tag, title) -> put(body, field, titles, tag, title));
        if (titles.isEmpty()) {
            body.reject(field, "needs a title in at least one language.");
        }
        return titles.isEmpty() ? Optional.empty() : Optional.of(new Titles(titles));
    }

    private static void put(
            JsonFields body,
            String field,
            TreeMap<String, String> titles,
            String tag,
            String title) {
        var language = Language.parse(tag);
        language.ifPresentOrElse(
                known -> titles.put(known.tag(), title),
                () ->
                        body.reject(
                                field,
                                "has \""
                                        + tag
                                        + "\", which is not a language tag such as en or fr-CA."));
    }
}
