package io.coursewire.app.remote;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.LongConsumer;

/// A request body that tells how much of it has been handed to the network.
record CountedUpload(BodyPublisher body, LongConsumer sent) implements BodyPublisher {

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        body.subscribe(new Counter(subscriber));
    }

    private final class Counter implements Subscriber<ByteBuffer> {
        private final Subscriber<? super ByteBuffer> network;
        private long bytes;

        Counter(Subscriber<? super ByteBuffer> network) {
            this.network = network;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            network.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer chunk) {
            bytes += chunk.remaining();
            sent.accept(bytes);
            network.onNext(chunk);
        }

        @Override
        public void onError(Throwable error) {
            network.onError(error);
        }

        @Override
        public void onComplete() {
            network.onComplete();
        }
    }
}
