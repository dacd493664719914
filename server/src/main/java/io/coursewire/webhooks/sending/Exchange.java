package io.coursewire.webhooks.sending;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;

/// One request under way: collects the answer up to its limits and says how it ended.
final class Exchange implements Response.Listener {
    private final Duration deadline;
    private final CountDownLatch done = new CountDownLatch(1);
    private final ByteBuffer kept;
    private int bytesRead;
    private volatile boolean begunOnNewConnection;
    private boolean answering;
    private Response response;
    private Throwable failure;

    Exchange(Duration deadline, int bytesKeptMax) {
        this.deadline = deadline;
        this.kept = ByteBuffer.allocate(bytesKeptMax);
    }

    void begun(Request request) {
        boolean reused =
                request.getConnection() instanceof org.eclipse.jetty.io.Connection c
                        && c.getMessagesOut() > 1;
        begunOnNewConnection = !reused;
    }

    @Override
    public void onBegin(Response response) {
        answering = true;
    }

    // The status is known by now: what goes beyond the limit is not waited for.
    @Override
    public void onContent(Response response, ByteBuffer content) {
        bytesRead += content.remaining();
        kept.put(
                content.slice(content.position(), Math.min(kept.remaining(), content.remaining())));
        if (bytesRead > Answer.BODY_BYTES_READ_MAX) {
            response.abort(new BodyTooLong());
        }
    }

    @Override
    public void onComplete(Result result) {
        response = result.getResponse();
        failure = result.getFailure();
        done.countDown();
    }

    void failed(Throwable cause) {
        failure = cause;
        done.countDown();
    }

    void await() {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Also where the connection was closed after the request had been given to it and before it was begun.
    boolean closedWhileIdle() {
        return !begunOnNewConnection
                && !answering
                && (failure instanceof EOFException
                        || failure instanceof ClosedChannelException
                        || isReset());
    }

    Answer answer() {
        if (failure == null || failure instanceof BodyTooLong) {
            return new Answer.Status(
                    response.getStatus(),
                    Optional.ofNullable(response.getHeaders().get(HttpHeader.RETRY_AFTER)),
                    new String(kept.array(), 0, kept.position(), StandardCharsets.UTF_8));
        }
        return new Answer.None(explain(failure));
    }

    private boolean isReset() {
        return failure instanceof IOException && "Connection reset".equals(failure.getMessage());
    }

    private String explain(Throwable cause) {
        return switch (cause) {
            case AddressRefused e -> e.getMessage();
            case UnknownHostException e -> "the name does not resolve: " + e.getMessage();
            case SocketTimeoutException _ -> "no connection within the connect timeout";
            case ConnectException _ -> "the connection was refused";
            case TimeoutException _ -> "no complete answer within " + deadline.toSeconds() + " s";
            case SSLException e -> TlsFault.explain(e);
            case EOFException _ -> "the connection was closed before a complete answer";
            case ClosedChannelException _ -> "the connection was closed before a complete answer";
            case RejectedExecutionException _ -> "not sent, as the server was stopping";
            case IOException e -> "the connection broke: " + e.getMessage();
            default -> "not a valid HTTP answer: " + cause.getMessage();
        };
    }

    private static final class BodyTooLong extends IOException {
        private static final long serialVersionUID = 1L;

        BodyTooLong() {
            super("more than %d bytes of answer".formatted(Answer.BODY_BYTES_READ_MAX));
        }
    }
}
