package io.coursewire.api;

import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import io.helidon.http.encoding.ContentEncodingContext;
import java.util.Set;

/// Takes bodies that say they are as they are, `Content-Encoding: identity`. Others the server refuses, and
/// [ProblemForBrokenRequests] says so.
public final class BodyEncodings {
    static final String IDENTITY = "identity";

    private BodyEncodings() {}

    /// To be given to the server's builder.
    public static ContentEncodingContext taken() {
        return ContentEncodingContext.builder()
                .contentEncodingsDiscoverServices(false)
                .addContentEncoding(new Identity())
                .build();
    }

    private static final class Identity implements ContentEncoding {
        @Override
        public String name() {
            return IDENTITY;
        }

        @Override
        public String type() {
            return IDENTITY;
        }

        @Override
        public Set<String> ids() {
            return Set.of(IDENTITY);
        }

        @Override
        public boolean supportsEncoding() {
            return false;
        }

        @Override
        public boolean supportsDecoding() {
            return true;
        }

        @Override
        public ContentDecoder decoder() {
            return ContentDecoder.NO_OP;
        }

        @Override
        public ContentEncoder encoder() {
            return ContentEncoder.NO_OP;
        }
    }
}
