package io.coursewire.runtime.scorm2004.conformance;

import io.coursewire.packages.scorm2004.LaunchData.SharedData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Who may read and write what in `adl.data` of the stand-in (RTE 4.3.1).
final class SharedBuckets {
    private static final Pattern ELEMENT = Pattern.compile("adl\\.data\\.(\\d{1,6})\\.(id|store)");
    private static final int OK = 0;
    private static final int GET_FAILURE = 301;
    private static final int SET_FAILURE = 351;
    private static final int READ_ONLY = 404;
    private static final int WRITE_ONLY = 405;

    private final List<SharedData> buckets;

    SharedBuckets(List<SharedData> buckets) {
        this.buckets = buckets;
    }

    static boolean owns(String element) {
        return ELEMENT.matcher(element).matches();
    }

    int errorOfReading(String element) {
        var match = ELEMENT.matcher(element);
        var number = match.matches() ? Integer.parseInt(match.group(1)) : buckets.size();
        if (number >= buckets.size()) {
            return GET_FAILURE;
        }
        return match.group(2).equals("store") && !buckets.get(number).readable() ? WRITE_ONLY : OK;
    }

    int errorOfWriting(String element) {
        var match = ELEMENT.matcher(element);
        var number = match.matches() ? Integer.parseInt(match.group(1)) : buckets.size();
        if (number >= buckets.size()) {
            return SET_FAILURE;
        }
        return match.group(2).equals("id") || !buckets.get(number).writable() ? READ_ONLY : OK;
    }

    /// By bucket id.
    Map<String, String> written(Map<String, String> setByContent) {
        var written = new LinkedHashMap<String, String>();
        for (int i = 0; i < buckets.size(); i++) {
            var stored = setByContent.get("adl.data." + i + ".store");
            if (stored != null) {
                written.put(buckets.get(i).target(), stored);
            }
        }
        return written;
    }
}
