package io.coursewire.storage.embedded;

import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;

import com.sun.security.auth.module.UnixSystem;
import io.coursewire.kernel.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The account that PostgreSQL's programs run under. They refuse to run as root, so that root has to
/// step aside: into a user namespace where it is nobody (its files stay root's), or, where the
/// system does not allow that (containers, often), to an ordinary account, which then owns the files.
///
/// @param prefix what to put before a program to run it under the account
/// @param owner the ordinary account that must own the files, where there is one
record PostgresAccount(List<String> prefix, Optional<String> owner) {
    static PostgresAccount current() {
        checkEntry(new UnixSystem());
        return new UnixSystem().getUid() == 0
                ? insteadOfRoot()
                : new PostgresAccount(List.of(), Optional.empty());
    }

    private static void checkEntry(UnixSystem system) {
        checkEntry(system.getUid(), Optional.ofNullable(system.getUsername()));
    }

    // Containers often run under a number alone. PostgreSQL's programs ask for its name, and stop.
    static void checkEntry(long uid, Optional<String> name) {
        if (name.isEmpty()) {
            throw new CannotStart(
                    "Coursewire runs under the uid %d, which has no entry in /etc/passwd, and PostgreSQL needs one. Add one, or give it a database (--database-url)."
                            .formatted(uid));
        }
    }

    private static PostgresAccount insteadOfRoot() {
        if (works("unshare", "--user", "true")) {
            return new PostgresAccount(List.of("unshare", "--user"), Optional.empty());
        }
        return ordinary("postgres")
                .or(() -> ordinary("nobody"))
                .orElseThrow(
                        () ->
                                new CannotStart(
                                        "PostgreSQL refuses to run as root, and neither unshare nor setpriv works"
                                                + " here. Start Coursewire as an ordinary user, or give it a"
                                                + " database (--database-url)."));
    }

    /// Empty when there is no such account or no way to become it.
    static Optional<PostgresAccount> ordinary(String name) {
        return id("-u", name)
                .flatMap(user -> id("-g", name).map(group -> switchTo(user, group)))
                .filter(
                        prefix ->
                                works(
                                        Stream.concat(prefix.stream(), Stream.of("true"))
                                                .toArray(String[]::new)))
                .map(prefix -> new PostgresAccount(prefix, Optional.of(name)));
    }

    private static List<String> switchTo(String user, String group) {
        return List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups");
    }

    private static Optional<String> id(String kind, String name) {
        try {
            return Optional.of(ShortCommand.run(List.of("id", kind, name)))
                    .filter(ShortCommand::succeeded)
                    .map(ShortCommand::output);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean works(String... command) {
        try {
            return ShortCommand.run(List.of(command)).succeeded();
        } catch (IOException e) {
            return false;
        }
    }

    List<String> command(Path program, List<String> arguments) {
        return Stream.of(prefix.stream(), Stream.of(program.toString()), arguments.stream())
                .flatMap(words -> words)
                .toList();
    }

    /// Gives a folder and all in it to the account, unless it has it.
    void own(Path folder) throws IOException {
        var system = new UnixSystem();
        String name = owner.orElseGet(system::getUsername);
        var account =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
        // By their numbers: names may be none, or several of one number.
        if (Files.getOwner(folder).equals(account)) {
            return;
        }
        if (system.getUid() != 0) {
            throw new CannotStart(
                    "%s belongs to %s, but Coursewire runs as %s. Start it as %s, or: chown -R %s %s"
                            .formatted(
                                    folder,
                                    Files.getOwner(folder),
                                    name,
                                    Files.getOwner(folder),
                                    name,
                                    folder));
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.getFileAttributeView(
                                file,
                                java.nio.file.attribute.PosixFileAttributeView.class,
                                LinkOption.NOFOLLOW_LINKS)
                        .setOwner(account);
            }
        }
    }

    /// Makes sure that the account can get to a folder in the data folder: an ordinary account needs to pass
    /// every folder above. Ours it is let through; the others are not ours to open.
    void checkReach(Path folder) throws IOException {
        if (owner.isEmpty()) {
            return;
        }
        letPass(folder.getParent());
        for (Path above = folder.getParent(); above != null; above = above.getParent()) {
            if (!Files.getPosixFilePermissions(above).contains(OTHERS_EXECUTE)) {
                throw new CannotStart(
                        "PostgreSQL refuses to run as root, and the account %s, which runs it instead, cannot pass %s. Choose another --data-dir, such as /var/lib/coursewire, or: chmod o+x %s"
                                .formatted(owner.get(), above, above));
            }
        }
    }

    private static void letPass(Path folder) throws IOException {
        Set<PosixFilePermission> permissions =
                EnumSet.copyOf(Files.getPosixFilePermissions(folder));
        if (permissions.add(OTHERS_EXECUTE)) {
            Files.setPosixFilePermissions(folder, permissions);
        }
    }
}
