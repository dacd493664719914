package io.coursewire.packages.xml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// An element as manifests need it. Names are looked up without regard to namespace and case, because
/// real manifests get both wrong.
///
/// @param attributes by local name; those of the XML namespace as `xml:base`, `xml:lang`
/// @param text the element's own text, stripped
public record XmlElement(
        String name,
        String namespace,
        Map<String, String> attributes,
        List<XmlElement> children,
        String text,
        Place at) {
    public XmlElement {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
    }

    /// File, element path and line, for people: `imsmanifest.xml, /manifest/resources (line 12)`.
    public String place() {
        return at.toString();
    }

    /// An element that the file lacks, told of in the place of this one.
    public XmlElement lacking(
            String name, Map<String, String> attributes, String text, List<XmlElement> children) {
        return new XmlElement(name, namespace, attributes, children, text, at);
    }

    public boolean is(String localName) {
        return name.equalsIgnoreCase(localName);
    }

    public Stream<XmlElement> all(String localName) {
        return children.stream().filter(child -> child.is(localName));
    }

    public Optional<XmlElement> first(String localName) {
        return all(localName).findFirst();
    }

    /// The first element at the path of names below this one.
    public Optional<XmlElement> first(String localName, String... below) {
        var found = first(localName);
        for (var next : below) {
            found = found.flatMap(element -> element.first(next));
        }
        return found;
    }

    /// The child's text; empty where there is no child or no text.
    public Optional<String> text(String child) {
        return first(child).map(XmlElement::text).filter(text -> !text.isEmpty());
    }

    /// The attribute's value, stripped; empty where it is missing or blank.
    public Optional<String> attribute(String localName) {
        var exact = attributes.get(localName);
        var found =
                exact != null
                        ? Optional.of(exact)
                        : attributes.entrySet().stream()
                                .filter(entry -> entry.getKey().equalsIgnoreCase(localName))
                                .map(Map.Entry::getValue)
                                .findFirst();
        return found.map(String::strip).filter(value -> !value.isEmpty());
    }

    /// This element and all below it, in document order.
    public Stream<XmlElement> walk() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(XmlElement::walk));
    }
}
