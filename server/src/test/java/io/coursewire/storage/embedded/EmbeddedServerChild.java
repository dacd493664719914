package io.coursewire.storage.embedded;

import java.nio.file.Path;

/// Runs an embedded server until it is killed; says where it is, in three lines.
final class EmbeddedServerChild {
    private EmbeddedServerChild() {}

    public static void main(String[] arguments) throws InterruptedException {
        var server = EmbeddedServer.start(Path.of(arguments[0]));
        System.out.println(server.address().jdbcUrl());
        System.out.println(server.address().password());
        System.out.println(server.process().pid());
        Thread.currentThread().join();
    }
}
