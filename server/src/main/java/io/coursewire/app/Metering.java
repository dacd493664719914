package io.coursewire.app;

import com.zaxxer.hikari.HikariDataSource;
import io.coursewire.api.AroundCall;
import io.coursewire.api.CallTimes;
import io.coursewire.storage.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.sql.SQLException;
import java.util.function.Supplier;

/// What one server measures of itself.
final class Metering implements AutoCloseable {
    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final CallTimes callTimes;
    private final JvmGcMetrics garbage = new JvmGcMetrics();

    /// `around` goes with each call.
    Metering(Database database, AroundCall around) {
        callTimes = new CallTimes(registry, around);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbage.bindTo(registry);
        watch(database);
    }

    /// A number that is asked for whenever someone looks.
    void gauge(String name, String description, Supplier<Number> number) {
        Gauge.builder(name, number).description(description).register(registry);
    }

    private void watch(Database database) {
        try {
            database.dataSource().unwrap(HikariDataSource.class).setMetricRegistry(registry);
        } catch (SQLException e) {
            throw new IllegalStateException("the pool of connections is a HikariDataSource", e);
        }
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
