package io.coursewire.runtime.scorm2004;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// time (second,10,0) (RTE 4.1.1.6): `YYYY[-MM[-DD[Thh[:mm[:ss[.s[TZD]]]]]]]`, to the second. Without a zone
/// it is UTC.
final class Timestamp {
    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d)(?:T(\\d\\d)(?::(\\d\\d)(?::(\\d\\d)(?:\\.\\d{1,9})?)?)?"
                            + "(Z|[+-]\\d\\d(?::?\\d\\d)?)?)?)?)?");
    private static final int ZONE = 7;

    private Timestamp() {}

    /// Empty for what is not a time; it stays in the raw data.
    static Optional<Instant> parse(String text) {
        var match = FORM.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        try {
            var local =
                    LocalDateTime.of(
                            part(match, 1, 0),
                            part(match, 2, 1),
                            part(match, 3, 1),
                            part(match, 4, 0),
                            part(match, 5, 0),
                            part(match, 6, 0));
            var zone = match.group(ZONE);
            return Optional.of(
                    local.toInstant(zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static int part(Matcher match, int group, int missing) {
        return match.group(group) == null ? missing : Integer.parseInt(match.group(group));
    }
}
