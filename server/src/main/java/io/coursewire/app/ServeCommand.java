package io.coursewire.app;

import io.coursewire.app.settings.Configuration;
import io.coursewire.app.settings.SettingFlags;
import io.coursewire.kernel.CannotStart;
import io.coursewire.kernel.InvalidInput;
import io.coursewire.storage.Database;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Runs a node until it is told to stop.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        modelTransformer = SettingFlags.class,
        sortOptions = false,
        description = "Runs the server.",
        footer = {
            "",
            "Every flag is also a variable, and a key of the same name in coursewire.properties here.",
            "When it accepts requests it prints: ready api=http://... content=http://...",
            "and metrics=http://... where they have a port of their own."
        })
final class ServeCommand implements Callable<Integer> {
    private static final int REFUSED = 2;
    private static final int FAILED = 1;
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Spec private CommandSpec command;
    private volatile boolean serving;

    @Override
    public Integer call() throws InterruptedException {
        try {
            var flags = command.commandLine().getParseResult();
            serve(new Node(Configuration.read(flags, System.getenv(), Path.of(""))));
            return FAILED;
        } catch (InvalidInput e) {
            e.fields().forEach(field -> say(field.pointer() + ": " + field.message()));
            return REFUSED;
        } catch (CannotStart e) {
            LOG.debug("cannot start", e);
            say(e.getMessage());
            return FAILED;
        } catch (RuntimeException e) {
            if (!Database.isPassing(e)) {
                throw e;
            }
            LOG.debug("cannot start", e);
            say("Cannot start now, as the database failed meanwhile: " + e.getMessage());
            return FAILED;
        }
    }

    private void serve(Node node) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node), "stop"));
        Node.Started started = node.start();
        started.newAdminKey().ifPresent(key -> say("admin key (shown this once): " + key));
        serving = true;
        PrintWriter out = command.commandLine().getOut();
        out.println(ready(started.server()));
        out.flush();
        // Until the hook ends the process.
        new CountDownLatch(1).await();
    }

    private static String ready(Coursewire server) {
        String metrics = server.metricsUrl().map(url -> " metrics=" + url).orElse("");
        return "ready api=%s content=%s%s".formatted(server.apiUrl(), server.contentUrl(), metrics);
    }

    private void stop(Node node) {
        if (serving) {
            LOG.info("stopping");
        }
        node.close();
        if (serving) {
            LOG.info("stopped");
            // Being told to stop, and stopping, is success; the JVM would say 143.
            Runtime.getRuntime().halt(0);
        }
    }

    private void say(String line) {
        PrintWriter errors = command.commandLine().getErr();
        errors.println(line);
        errors.flush();
    }
}
