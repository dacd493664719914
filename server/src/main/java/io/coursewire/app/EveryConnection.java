package io.coursewire.app;

import io.coursewire.api.UnknownLength;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/// Has HTTP/1.1 answer whatever comes, so that older HTTP and endless first lines are refused in words. Asked
/// first whether it knows them, as Helidon does, it would drop the connection without one. What comes is bounded
/// by [Incoming].
record EveryConnection(Http1ConnectionSelector http, Pace.Waiting waiting)
        implements ServerConnectionSelector {
    static EveryConnection of(Http1Config.Builder config, Pace.Waiting waiting) {
        config.addReceiveListener(new BeginRequests());
        config.addSendListener(new UnknownLength());
        return new EveryConnection(
                Http1ConnectionSelector.builder().config(config.build()).build(), waiting);
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
        return http.connection(new Bounded(context, Incoming.of(context.dataReader(), waiting)));
    }

    private static final class BeginRequests implements Http1ConnectionListener {
        @Override
        public void prologue(ConnectionContext context, HttpPrologue prologue) {
            if (context instanceof Bounded bounded) {
                bounded.dataReader().pace().begin();
            }
        }
    }

    /// A connection as Helidon made it, but for what is read from it.
    private record Bounded(ConnectionContext made, Incoming dataReader)
            implements ConnectionContext {
        @Override
        public ListenerContext listenerContext() {
            return made.listenerContext();
        }

        @Override
        public ExecutorService executor() {
            return made.executor();
        }

        @Override
        public DataWriter dataWriter() {
            return made.dataWriter();
        }

        @Override
        public Router router() {
            return made.router();
        }

        @Override
        public Optional<ProxyProtocolData> proxyProtocolData() {
            return made.proxyProtocolData();
        }

        @Override
        public HelidonSocket serverSocket() {
            return made.serverSocket();
        }

        @Override
        public PeerInfo remotePeer() {
            return made.remotePeer();
        }

        @Override
        public PeerInfo localPeer() {
            return made.localPeer();
        }

        @Override
        public boolean isSecure() {
            return made.isSecure();
        }

        @Override
        public String socketId() {
            return made.socketId();
        }

        @Override
        public String childSocketId() {
            return made.childSocketId();
        }
    }
}
