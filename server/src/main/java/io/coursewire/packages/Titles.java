package io.coursewire.packages;

import io.coursewire.packages.xml.XmlElement;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Titles by language tag. Manifests rarely say in which language they are written; where they do, their
/// metadata (LOM) says it, and may hold the title in more languages.
public final class Titles {
    /// The tag of a title whose language is not known (BCP 47).
    public static final String UNKNOWN = "und";

    private Titles() {}

    /// A course's titles: its own title, in the language that the metadata gives for the same words or else
    /// for the course, and that title's other languages.
    public static Map<String, String> of(String title, Stream<XmlElement> metadata) {
        var lom = metadata.flatMap(element -> element.first("lom").stream()).toList();
        var known = new LinkedHashMap<String, String>();
        lom.forEach(element -> strings(element).forEach(known::putIfAbsent));
        var language =
                lom.stream()
                        .flatMap(element -> element.first("general").stream())
                        .flatMap(general -> general.text("language").stream())
                        .findFirst();
        return merge(title, language, known);
    }

    private static Map<String, String> merge(
            String title, Optional<String> language, Map<String, String> known) {
        var same =
                known.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(title))
                        .map(Map.Entry::getKey)
                        .findFirst();
        var titles = new LinkedHashMap<String, String>(same.isPresent() ? known : Map.of());
        titles.put(same.orElseGet(() -> language.map(Titles::tag).orElse(UNKNOWN)), title);
        return titles;
    }

    /// The title of the metadata itself, for courses that have no other.
    public static Optional<String> inMetadata(XmlElement metadata) {
        return metadata.first("lom").stream()
                .flatMap(lom -> strings(lom).values().stream())
                .findFirst();
    }

    /// `langstring` with `xml:lang` in SCORM 1.2, `string` with `language` in SCORM 2004.
    private static Map<String, String> strings(XmlElement lom) {
        var strings = new LinkedHashMap<String, String>();
        lom.first("general", "title").stream()
                .flatMap(title -> title.children().stream())
                .filter(string -> !string.text().isEmpty())
                .forEach(string -> strings.putIfAbsent(language(string), cut(string.text())));
        return strings;
    }

    private static String language(XmlElement string) {
        return string.attribute("xml:lang")
                .or(() -> string.attribute("language"))
                .map(Titles::tag)
                .orElse(UNKNOWN);
    }

    /// The tag in its canonical form, or `und` where it is none.
    public static String tag(String language) {
        try {
            var tag =
                    new Locale.Builder()
                            .setLanguageTag(language.strip().replace('_', '-'))
                            .build()
                            .toLanguageTag();
            return tag.startsWith("x-") ? UNKNOWN : tag;
        } catch (IllformedLocaleException _) {
            return UNKNOWN;
        }
    }

    /// Its first characters, without half a surrogate pair at the end, which the database does not take.
    public static String head(String text, int chars) {
        return text.substring(
                0, Character.isHighSurrogate(text.charAt(chars - 1)) ? chars - 1 : chars);
    }

    public static String cut(String title) {
        return title.length() <= PackageLimits.TITLE_CHARS_MAX
                ? title
                : head(title, PackageLimits.TITLE_CHARS_MAX - 1) + "…";
    }
}
