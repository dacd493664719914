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

    /// `{title, type, externalId}`, all of it. Empty when something was refused.
    static Optional<Label> whole(JsonFields body) {
        var change = change(body);
        body.required("title", change.titles());
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

    /// `{title?, type?, externalId?}`.
    static Change change(JsonFields body) {
        return new Change(
                titles(body),
                body.optionalWord("type", TrainingType.WORDS),
                body.optionalText("externalId", Label.EXTERNAL_ID_CHARS_MAX));
    }

    private static Optional<Titles> titles(JsonFields body) {
        return body.isObject("title")
                ? byLanguage(body)
                : body.optionalText("title", Titles.CHARS_MAX).map(Titles::of);
    }

    private static Optional<Titles> byLanguage(JsonFields body) {
        var titles = new TreeMap<String, String>();
        body.textMap("title", Titles.LANGUAGES_MAX, Titles.CHARS_MAX)
                .forEach((tag, title) -> put(body, titles, tag, title));
        if (titles.isEmpty()) {
            body.reject("title", "needs a title in at least one language.");
        }
        return titles.isEmpty() ? Optional.empty() : Optional.of(new Titles(titles));
    }

    private static void put(
            JsonFields body, TreeMap<String, String> titles, String tag, String title) {
        var language = Language.parse(tag);
        language.ifPresentOrElse(
                known -> titles.put(known.tag(), title),
                () ->
                        body.reject(
                                "title",
                                "has \""
                                        + tag
                                        + "\", which is not a language tag such as en or fr-CA."));
    }
}
