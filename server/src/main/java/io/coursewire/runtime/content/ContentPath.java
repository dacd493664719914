package io.coursewire.runtime.content;

import io.coursewire.packages.Urls;
import java.util.List;
import java.util.Optional;

/// The content key and the file or folder that a request path names. It is only ever looked up among names, so no
/// spelling of it reaches a file system.
record ContentPath(String contentKey, String file) {
    static final String PREFIX = "/content/";

    /// @param rawPath as it was sent, without the query
    static Optional<ContentPath> parse(String rawPath) {
        if (!rawPath.startsWith(PREFIX)) {
            return Optional.empty();
        }
        var rest = rawPath.substring(PREFIX.length());
        int slash = rest.indexOf('/');
        return slash <= 0
                ? Optional.empty()
                : Urls.decode(rest.substring(slash + 1))
                        .filter(file -> file.indexOf('\0') < 0)
                        .map(file -> new ContentPath(rest.substring(0, slash), plain(file)));
    }

    /// Where it names a folder: its first page, by the names that all web servers know.
    List<String> files() {
        boolean isFolder = file.isEmpty() || file.endsWith("/");
        return isFolder ? List.of(file + "index.html", file + "index.htm") : List.of(file);
    }

    // Old courses link with backslashes; browsers send them as %5C when a script made the link.
    private static String plain(String file) {
        return file.replace('\\', '/').replaceAll("/{2,}", "/");
    }
}
