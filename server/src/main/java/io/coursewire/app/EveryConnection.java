package io.coursewire.app;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/// Has HTTP/1.1 answer whatever comes, so that older HTTP and endless first lines are refused in words. Asked
/// first whether it knows them, as Helidon does, it would drop the connection without one.
record EveryConnection(Http1ConnectionSelector http) implements ServerConnectionSelector {
    static EveryConnection of(Http1Config config) {
        return new EveryConnection(Http1ConnectionSelector.builder().config(config).build());
    }

    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData begun) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return http.connection(context);
    }
}
