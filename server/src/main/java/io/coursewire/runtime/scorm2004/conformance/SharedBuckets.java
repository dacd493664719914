package io.coursewire.runtime.scorm2004.conformance;

import io.coursewire.packages.scorm2004.LaunchData.SharedData;
import java.util.List;
import java.util.regex.Pattern;

/// Who may read and write what in `adl.data` of the stand-in (RTE 4.3.1). The answers are error codes, 0 where it is allowed.
final class SharedBuckets {
    private static final Pattern ELEMENT = Pattern.compile("adl\\.data\\.(\\d{1,6})\\.(id|store)");
    private static final int OK = 0;
    private static final int GET_FAILURE = 301;
    private static final int SET_FAILURE = 351;
    private static final int READ_ONLY = 404;
    private static final int WRITE_ONLY = 405;

    private SharedBuckets() {}

    static int errorOfReading(String element, List<SharedData> buckets) {
        var match = ELEMENT.matcher(element);
        if (!match.matches()) {
            return OK;
        }
        var number = Integer.parseInt(match.group(1));
        if (number >= buckets.size()) {
            return GET_FAILURE;
        }
        return match.group(2).equals("store") && !buckets.get(number).readable() ? WRITE_ONLY : OK;
    }

    static int errorOfWriting(String element, List<SharedData> buckets) {
        var match = ELEMENT.matcher(element);
        if (!match.matches()) {
            return OK;
        }
        var number = Integer.parseInt(match.group(1));
        if (number >= buckets.size()) {
            return SET_FAILURE;
        }
        return match.group(2).equals("id") || !buckets.get(number).writable() ? READ_ONLY : OK;
    }
}
