package io.coursewire.runtime;

import io.coursewire.attempts.AttemptStatus;
import io.coursewire.attempts.Interaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// `cmi.interactions`, whose shape SCORM 1.2 and SCORM 2004 share: each index is one answer, renumbered
/// from 0 without holes.
public final class Interactions {
    /// Reads one answer by the words of its standard; `index` is content's own.
    @FunctionalInterface
    public interface ReadAnswer {
        Interaction read(int number, String index, Elements answer);
    }

    private static final String ALL = "cmi.interactions.";
    private static final int INDEX_DIGITS_MAX = 9;
    private static final String PATTERNS = "correct_responses.";
    private static final Pattern PATTERN =
            Pattern.compile("correct_responses\\.(\\d{1,6})\\.pattern");
    private static final Comparator<String> BY_INDEX =
            Comparator.comparingLong(Interactions::index).thenComparing(Comparator.naturalOrder());

    private Interactions() {}

    public static List<Interaction> of(Elements elements, ReadAnswer answer) {
        var interactions = new ArrayList<Interaction>();
        for (String index : indices(elements)) {
            interactions.add(
                    answer.read(interactions.size(), index, elements.within(ALL + index + ".")));
        }
        return interactions;
    }

    private static List<String> indices(Elements elements) {
        var indices = new HashSet<String>();
        for (String name : elements.below(ALL).keySet()) {
            int dot = name.indexOf('.', ALL.length());
            if (dot > ALL.length()) {
                indices.add(name.substring(ALL.length(), dot));
            }
        }
        return indices.stream().sorted(BY_INDEX).limit(AttemptStatus.INTERACTIONS_MAX).toList();
    }

    // Real content writes cmi.interactions.NaN: an answer all the same, after the numbered ones.
    private static long index(String token) {
        boolean isNumber =
                token.length() <= INDEX_DIGITS_MAX
                        && token.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(token) : Long.MAX_VALUE;
    }

    /// The correct responses of an answer, joined in their order.
    public static Optional<String> patterns(Elements answer) {
        var patterns = new TreeMap<Integer, String>();
        answer.below(PATTERNS)
                .forEach(
                        (name, pattern) -> {
                            var index = PATTERN.matcher(name);
                            if (index.matches()) {
                                patterns.put(Integer.valueOf(index.group(1)), pattern);
                            }
                        });
        return Optional.of(limited(String.join(Interaction.PATTERN_SEPARATOR, patterns.values())))
                .filter(joined -> !joined.isEmpty());
    }

    /// A response as far as it is told; the whole of it stays in the raw data.
    public static String limited(String response) {
        if (response.length() <= Interaction.RESPONSE_CHARS_MAX) {
            return response;
        }
        boolean cutsPair =
                Character.isHighSurrogate(response.charAt(Interaction.RESPONSE_CHARS_MAX - 1));
        return response.substring(0, Interaction.RESPONSE_CHARS_MAX - (cutsPair ? 1 : 0));
    }
}
