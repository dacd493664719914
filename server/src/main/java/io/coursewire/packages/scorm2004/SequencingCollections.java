package io.coursewire.packages.scorm2004;

import io.coursewire.packages.xml.XmlElement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `imsss:sequencingCollection`: definitions that items refer to by `IDRef`. An element that the item has itself replaces the
/// element of the same name in the collection.
final class SequencingCollections {
    private final Map<String, XmlElement> byId;
    private final Values values;

    private SequencingCollections(Map<String, XmlElement> byId, Values values) {
        this.byId = byId;
        this.values = values;
    }

    static SequencingCollections of(XmlElement manifest, Values values) {
        var byId = new HashMap<String, XmlElement>();
        manifest.all("sequencingCollection")
                .flatMap(all -> all.all("sequencing"))
                .forEach(
                        element -> {
                            var id = element.attribute("ID").orElse("");
                            if (byId.putIfAbsent(id, element) != null) {
                                values.warn(
                                        "duplicate-identifier",
                                        "two sequencings are called \"" + id + "\"",
                                        element);
                            }
                        });
        return new SequencingCollections(byId, values);
    }

    /// The parts of an item's sequencing, references followed.
    Parts resolve(XmlElement item) {
        var parts = new LinkedHashMap<String, XmlElement>();
        var seen = new HashSet<String>();
        var next = item.first("sequencing");
        while (next.isPresent()) {
            next.get().children().forEach(part -> parts.putIfAbsent(Parts.name(part), part));
            next = referenced(next.get(), seen);
        }
        return new Parts(parts);
    }

    private Optional<XmlElement> referenced(XmlElement sequencing, HashSet<String> seen) {
        var id = sequencing.attribute("IDRef");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        if (!seen.add(id.get())) {
            values.warn(
                    "cyclic-reference",
                    "the sequencing \"" + id.get() + "\" refers to itself",
                    sequencing);
            return Optional.empty();
        }
        var found = id.map(byId::get);
        if (found.isEmpty()) {
            values.warn(
                    "dangling-reference",
                    "there is no sequencing \"" + id.get() + "\"",
                    sequencing);
        }
        return found;
    }

    /// Two elements are called `objectives`; only the namespace tells the fourth edition's from the base one.
    record Parts(Map<String, XmlElement> byName) {
        static final String EXTENDED_OBJECTIVES = "adlseq:objectives";

        static String name(XmlElement part) {
            return part.is("objectives") && part.namespace().contains("adlseq")
                    ? EXTENDED_OBJECTIVES
                    : part.name().toLowerCase(Locale.ROOT);
        }

        Optional<XmlElement> get(String name) {
            return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
        }

        Stream<XmlElement> all(String name, String child) {
            return get(name).stream().flatMap(part -> part.all(child));
        }
    }
}
