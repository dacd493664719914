package io.coursewire.kernel;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How JSON is read: exact decimals, duplicate keys refused, limits named.
public final class Json {
    public static final int NESTING_MAX = 64;
    public static final int STRING_CHARS_MAX = 4 * 1024 * 1024;
    public static final int NUMBER_CHARS_MAX = 100;

    /// Of a field's name in what others send.
    public static final int NAME_CHARS_MAX = 1_000;

    /// Values, names, brackets and braces in what others send. A tree takes up to 100 bytes for each, so one of the
    /// least ones would otherwise take thirty times its body.
    public static final int TOKENS_MAX = 500_000;

    public static final JsonMapper MAPPER = mapper(limits().build());

    /// For what others send.
    static final JsonMapper RECEIVED =
            mapper(limits().maxNameLength(NAME_CHARS_MAX).maxTokenCount(TOKENS_MAX).build());

    private Json() {}

    private static StreamReadConstraints.Builder limits() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(NESTING_MAX)
                .maxStringLength(STRING_CHARS_MAX)
                .maxNumberLength(NUMBER_CHARS_MAX);
    }

    private static JsonMapper mapper(StreamReadConstraints limits) {
        return JsonMapper.builder(
                        JsonFactory.builder()
                                .streamReadConstraints(limits)
                                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                .build())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }
}
