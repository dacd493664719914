package io.coursewire.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.coursewire.storage.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TitlesTest {
    @RegisterExtension static final TestDatabase db = TestDatabase.migrated();

    private static String title(Map<String, String> titles, String language) {
        return new Titles(titles).in(new Language(language));
    }

    @Test
    void a_title_in_the_wanted_language_comes_before_its_variants_and_others() {
        assertThat(title(Map.of("en", "Hello", "fr", "Bonjour"), "fr")).isEqualTo("Bonjour");
        assertThat(title(Map.of("en", "Hello", "fr-CA", "Allô"), "fr")).isEqualTo("Allô");
        assertThat(title(Map.of("en", "Hello", "fr", "Bonjour"), "fr-CA")).isEqualTo("Bonjour");
        assertThat(title(Map.of("de", "Hallo", "fr-FR", "Bonjour"), "fr-CA")).isEqualTo("Bonjour");
    }

    @Test
    void a_missing_title_is_taken_from_any_other_language_and_always_the_same_one() {
        assertThat(title(Map.of("de", "Hallo", "und", "Hi"), "fr")).isEqualTo("Hi");
        assertThat(title(Map.of("en", "Hello", "de", "Hallo"), "fr")).isEqualTo("Hallo");
    }

    @Test
    void the_database_chooses_the_same_title() {
        var random = new Random(20261124);
        var tags =
                List.of("en", "en-GB", "en-US", "fr", "fr-CA", "de", "de-AT", "und", "zh-Hant-TW");
        var differing = new ArrayList<String>();
        for (int round = 0; round < 300; round++) {
            var titles = new HashMap<String, String>();
            while (titles.isEmpty()) {
                tags.stream()
                        .filter(_ -> random.nextInt(4) == 0)
                        .forEach(tag -> titles.put(tag, "in " + tag));
            }
            var language = tags.get(random.nextInt(tags.size()));
            if (!inDatabase(titles, language).equals(title(titles, language))) {
                differing.add(language + " of " + titles);
            }
        }
        assertThat(differing).isEmpty();
    }

    private static String inDatabase(Map<String, String> titles, String language) {
        return db.jdbi()
                .withHandle(
                        handle ->
                                handle.createQuery("SELECT title_in(:titles::jsonb, :language)")
                                        .bind("titles", new Titles(titles).json())
                                        .bind("language", language)
                                        .mapTo(String.class)
                                        .one());
    }
}
