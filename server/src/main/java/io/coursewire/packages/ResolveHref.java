package io.coursewire.packages;

import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the file that an href of a manifest means, by all the ways in which real manifests write them.
public final class ResolveHref {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

    private final PackageFiles files;
    private final Warnings warnings;

    public ResolveHref(PackageFiles files, Warnings warnings) {
        this.files = files;
        this.warnings = warnings;
    }

    /// The URL to open, relative to the package and encoded, or absolute for content kept elsewhere. Empty,
    /// with a warning, where nothing can be opened.
    ///
    /// @param base the `xml:base` that applies, or empty
    public Optional<String> resolve(String base, String href, String place) {
        var whole = Urls.isWeb(href) ? href : join(base, href);
        if (Urls.isWeb(whole)) {
            return Optional.of(external(whole, place));
        }
        if (SCHEME.matcher(whole).matches()) {
            warnings.add("unusable-href", "\"" + href + "\" cannot be opened in a course", place);
            return Optional.empty();
        }
        return local(whole, place);
    }

    private static String join(String base, String href) {
        return base.isEmpty() || base.endsWith("/") || href.isEmpty()
                ? base + href
                : base + "/" + href;
    }

    private String external(String href, String place) {
        warnings.add(
                "external-content",
                "\"" + href + "\" is not in the package; its results cannot be recorded",
                place);
        return Urls.external(href);
    }

    private Optional<String> local(String href, String place) {
        var slashed = href.replace('\\', '/');
        if (!slashed.equals(href)) {
            warnings.add(
                    "backslash", "backslashes in \"" + href + "\" were read as slashes", place);
        }
        var whole = find(slashed, place).map(Urls::encodePath);
        return whole.or(() -> split(slashed, place)).or(() -> missing(href, place));
    }

    private Optional<String> split(String href, String place) {
        int end = href.length();
        for (char mark : new char[] {'?', '#'}) {
            int at = href.indexOf(mark);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        var rest = href.substring(end);
        var path = href.substring(0, end);
        return find(path, place)
                .or(() -> Urls.decode(path).flatMap(decoded -> find(decoded, place)))
                .map(found -> Urls.encodePath(found) + Urls.encodeRest(rest));
    }

    private Optional<String> missing(String href, String place) {
        warnings.add("missing-file", "the package has no file \"" + href + "\"", place);
        return Optional.empty();
    }

    private Optional<String> find(String path, String place) {
        var plain = plain(Normalizer.normalize(path, Normalizer.Form.NFC));
        var found = plain.flatMap(files::find);
        if (found.isPresent() && !found.equals(plain)) {
            warnings.add(
                    "wrong-case",
                    "\"" + path + "\" differs from the file \"" + found.get() + "\" in case",
                    place);
        }
        return found;
    }

    /// Without `.` and `..`; empty where it leaves the package.
    private static Optional<String> plain(String path) {
        var segments = new ArrayDeque<String>();
        for (var segment : path.split("/")) {
            if (segment.equals("..") && segments.pollLast() == null) {
                return Optional.empty();
            }
            if (!segment.isEmpty() && !segment.equals(".") && !segment.equals("..")) {
                segments.addLast(segment);
            }
        }
        return Optional.of(String.join("/", segments));
    }
}
