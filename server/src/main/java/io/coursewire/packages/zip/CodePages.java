package io.coursewire.packages.zip;

import io.coursewire.packages.FoldedPath;
import io.coursewire.packages.Warnings;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads names that are not Unicode. Zips do not say in which code page those are, so it is the one in which most words of the
/// manifest's links are found among the names; the first of several, which is the one of the zip format.
final class CodePages {
    /// What the format says, then western, eastern and Cyrillic Europe, Windows, Japan, China, Taiwan and Korea.
    private static final List<Charset> ALL =
            Stream.of(
                            "IBM437",
                            "IBM850",
                            "IBM852",
                            "IBM866",
                            "windows-1252",
                            "windows-31j",
                            "GBK",
                            "Big5",
                            "x-windows-949")
                    .map(Charset::forName)
                    .toList();

    static final Charset FIRST = ALL.getFirst();

    private final List<Entry> entries;
    private final Set<String> words;

    private CodePages(List<Entry> entries, Collection<String> links) {
        this.entries = entries;
        this.words = links.stream().flatMap(CodePages::words).collect(Collectors.toSet());
    }

    static boolean areNeeded(List<Entry> entries) {
        return entries.stream().anyMatch(entry -> entry.legacyName().isPresent());
    }

    /// The same entries by their names in the page that fits best.
    ///
    /// @param links of the manifest, as it writes them
    static List<Entry> read(List<Entry> entries, Collection<String> links, Warnings warnings) {
        var pages = new CodePages(entries, links);
        var best = FIRST;
        int most = 0;
        for (var page : ALL) {
            int found = pages.found(page);
            if (found > most) {
                best = page;
                most = found;
            }
        }
        return pages.in(best, most > 0, warnings);
    }

    private int found(Charset page) {
        var found = new HashSet<String>();
        for (var entry : entries) {
            if (entry.legacyName().isPresent()) {
                var name = EntryName.strict(page, entry.legacyName().get());
                if (name.isEmpty()) {
                    return 0;
                }
                words(name.get()).filter(words::contains).forEach(found::add);
            }
        }
        return found.size();
    }

    private List<Entry> in(Charset page, boolean fits, Warnings warnings) {
        var read = new ArrayList<Entry>();
        for (var entry : entries) {
            read.add(
                    entry.legacyName()
                            .map(name -> in(page, fits, new String(name, page), entry, warnings))
                            .orElse(entry));
        }
        return List.copyOf(read);
    }

    private static Entry in(
            Charset page, boolean fits, String name, Entry entry, Warnings warnings) {
        warnings.add(
                "legacy-name",
                "the name is not Unicode and was read in the code page "
                        + page.name()
                        + (fits ? ", as links of the manifest are" : "; links to it may fail"),
                name);
        return new Entry(
                EntryName.plain(name, warnings),
                entry.sizes(),
                entry.method(),
                entry.dataOffset(),
                Optional.empty());
    }

    /// The parts of a path that are no ASCII, which all pages share.
    private static Stream<String> words(String path) {
        return Arrays.stream(path.replace('\\', '/').split("[/?#]"))
                .filter(word -> word.chars().anyMatch(c -> c > 0x7f))
                .map(FoldedPath::of);
    }
}
