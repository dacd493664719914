package io.coursewire.app;

import io.coursewire.kernel.Json;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.eclipse.jetty.client.HttpClient;

/// Has the JVM load the code of what starts after the database while the database starts: half a second that
/// nobody else needs. Nothing of it is kept.
final class LoadEarly implements Runnable {
    static void begin() {
        Thread.ofPlatform().daemon().name("load-early").start(new LoadEarly());
    }

    @Override
    public void run() {
        WebServer.builder()
                .shutdownHook(false)
                .routing(HttpRouting.builder().get("/", (_, response) -> response.send()))
                .build();
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).close();
        Json.MAPPER.writeValueAsBytes(Json.MAPPER.createObjectNode());
        new HttpClient();
    }
}
