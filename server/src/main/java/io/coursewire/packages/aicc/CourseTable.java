package io.coursewire.packages.aicc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A comma-delimited course file: names in the first line, in any order and case, then records. Fields may
/// be quoted, quotes in them doubled, and a record may have fewer or more fields than names.
public final class CourseTable {
    private final List<String> names;
    private final List<Row> rows;

    /// @param line in the file, from 1
    public record Row(CourseTable table, List<String> fields, int line) {
        /// The field of the first of the names that the file has; empty where there is none or it is blank.
        public Optional<String> get(String... anyOf) {
            return Arrays.stream(anyOf)
                    .mapToInt(table.names::indexOf)
                    .filter(at -> at >= 0 && at < fields.size())
                    .mapToObj(at -> fields.get(at).strip())
                    .findFirst()
                    .filter(field -> !field.isEmpty());
        }

        /// The fields of every column of the name, and those beyond the last name if that is the last.
        public List<String> all(String name) {
            var found = new ArrayList<String>();
            for (int at = 0; at < fields.size(); at++) {
                var column = table.names.get(Math.min(at, table.names.size() - 1));
                if (column.equals(name) && !fields.get(at).isBlank()) {
                    found.add(fields.get(at).strip());
                }
            }
            return found;
        }
    }

    private CourseTable(List<String> names, List<List<String>> records, List<Integer> lines) {
        this.names = names;
        var all = new ArrayList<Row>();
        for (int n = 0; n < records.size(); n++) {
            all.add(new Row(this, records.get(n), lines.get(n)));
        }
        rows = List.copyOf(all);
    }

    /// Empty for a file that the course does not have.
    static CourseTable of(CourseFile file) {
        return parse(file == null ? "" : file.text());
    }

    public static CourseTable parse(String text) {
        var records = new ArrayList<List<String>>();
        var lines = new ArrayList<Integer>();
        var scan = new Scan(text);
        while (!scan.atEnd()) {
            int line = scan.line;
            var record = scan.record();
            if (record.stream().anyMatch(field -> !field.isBlank())) {
                records.add(record);
                lines.add(line);
            }
        }
        if (records.isEmpty()) {
            return new CourseTable(List.of(""), List.of(), List.of());
        }
        var names =
                records.removeFirst().stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .toList();
        lines.removeFirst();
        return new CourseTable(names, records, lines);
    }

    public List<Row> rows() {
        return rows;
    }

    private static final class Scan {
        private final String text;
        private int at;
        private int line = 1;

        Scan(String text) {
            this.text = text;
        }

        boolean atEnd() {
            return at >= text.length();
        }

        List<String> record() {
            var fields = new ArrayList<String>();
            do {
                fields.add(field());
            } while (skip(','));
            skip('\r');
            if (skip('\n')) {
                line++;
            }
            return fields;
        }

        private boolean skip(char c) {
            boolean found = !atEnd() && text.charAt(at) == c;
            at += found ? 1 : 0;
            return found;
        }

        private String field() {
            while (skip(' ') || skip('\t')) {}
            return skip('"') ? quoted() : plain();
        }

        private String quoted() {
            var field = new StringBuilder();
            while (!atEnd()) {
                char c = text.charAt(at++);
                line += c == '\n' ? 1 : 0;
                if (c == '"' && !skip('"')) {
                    return field.append(plain()).toString();
                }
                field.append(c);
            }
            return field.toString();
        }

        private String plain() {
            int start = at;
            while (!atEnd() && ",\r\n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }
    }
}
