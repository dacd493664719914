package io.coursewire.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1ConnectionListener;

/// Helidon says of every answer without a body that its length is 0, also where HEAD asks for the headers of one that is
/// streamed. This leaves the length out of those; to be given to the server as what listens to its sending.
public final class UnknownLength implements Http1ConnectionListener {
    private static final HeaderName MARK = HeaderNames.create("Coursewire-Unknown-Length");

    /// Before it is sent.
    static void mark(ServerResponse response) {
        response.header(MARK, "true");
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        if (headers.contains(MARK) && headers instanceof WritableHeaders<?> sent) {
            sent.remove(MARK);
            sent.remove(HeaderNames.CONTENT_LENGTH);
        }
    }
}
