package io.coursewire.app;

import io.coursewire.app.demo.PlayRefused;
import io.coursewire.app.demo.Rehearsal;
import io.coursewire.app.demo.Story;
import io.coursewire.app.remote.ApiClient;
import io.coursewire.app.remote.ApiRefusal;
import io.coursewire.kernel.CannotStart;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The main job in one go, on a server, a database and a receiver of its own.
@Command(
        name = "demo",
        description = {
            "Shows the main job from end to end: starts a server on an embedded database, brings in a course,"
                    + " plays it, and prints the signed AttemptStatus that a local receiver got.",
            "Then leaves the server up, with a link to play the course yourself."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Option(
            names = "--once",
            description = "End after the webhook was received and verified; 1 if it was not.")
    private boolean once;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = PortOption.class,
            defaultValue = "0",
            description = "Of the API. Default: any free one")
    private int port;

    @Option(
            names = "--content-port",
            paramLabel = "PORT",
            converter = PortOption.class,
            defaultValue = "0",
            description = "Of player and courses. Default: any free one")
    private int contentPort;

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description =
                    "Keeps the data there. Default: a temporary folder that goes with the demo")
    private Optional<Path> dataDir = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var story = new Story(command.commandLine().getOut(), Ansi.AUTO.enabled());
        var parts = new Parts();
        Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "stop"));
        try (parts) {
            return run(story, parts) ? 0 : 1;
        } catch (CannotStart | ApiRefusal | PlayRefused e) {
            story.failed("stopped", e.getMessage());
            return 1;
        }
    }

    private boolean run(Story story, Parts parts) throws IOException, InterruptedException {
        story.chapter("Coursewire");
        story.said("starts its server and a database, which takes a few seconds the first time");
        var started = Instant.now();
        var folder = parts.add("data folder", DemoFolder.open(dataDir)).path();
        var ports = new DemoServer.Ports(port, contentPort);
        var server = DemoServer.start(folder, ports, parts);
        story.done("server", describe(server, Duration.between(started, Instant.now())));
        var demo = demo(server, story, parts);
        var item = demo.prepare(folder);
        boolean held = demo.play(item);
        if (!once) {
            stay(story, demo, item, server);
        }
        return held;
    }

    private static Demo demo(DemoServer server, Story story, Parts parts) throws IOException {
        var inbox = new Inbox(InstantSource.system());
        var receiver = parts.add("receiver", Receiver.start(0, inbox));
        var api =
                parts.add("client", new ApiClient(URI.create(server.apiUrl()), server.adminKey()));
        return new Demo(new Rehearsal(api), receiver, inbox, story);
    }

    private static String describe(DemoServer server, Duration took) {
        return "%s and %s, on an embedded PostgreSQL, after %.1f s"
                .formatted(server.apiUrl(), server.contentUrl(), took.toMillis() / 1000.0);
    }

    private static void stay(Story story, Demo demo, String item, DemoServer server)
            throws InterruptedException {
        story.chapter("Now you: the server stays up until Ctrl+C");
        story.link("play it yourself", demo.freshLink(item).toString());
        story.link("read the API", server.apiUrl() + "/docs");
        story.link("a key for it", demo.newKey());
        story.chapter("What the receiver gets");
        demo.follow();
        new CountDownLatch(1).await();
    }
}
