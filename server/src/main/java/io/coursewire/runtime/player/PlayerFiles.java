package io.coursewire.runtime.player;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the web build made of the player, read once: two pages, and assets whose names carry a hash of their content.
final class PlayerFiles {

    /// A file as it is sent, plain and compressed.
    record Asset(String mediaType, byte[] plain, byte[] gzip) {}

    private static final String FOLDER = "/web/player/";
    private static final Map<String, String> MEDIA_TYPES =
            Map.of(
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml");

    private final byte[] launchPage;
    private final byte[] playPage;
    private final Map<String, Asset> assets;

    private PlayerFiles(byte[] launchPage, byte[] playPage, Map<String, Asset> assets) {
        this.launchPage = launchPage;
        this.playPage = playPage;
        this.assets = assets;
    }

    static PlayerFiles load() {
        var names = new String(read("assets.txt"), StandardCharsets.UTF_8).lines();
        return new PlayerFiles(
                read("launch.html"),
                read("play.html"),
                names.collect(
                        Collectors.toUnmodifiableMap(Function.identity(), PlayerFiles::load)));
    }

    byte[] launchPage() {
        return launchPage;
    }

    byte[] playPage() {
        return playPage;
    }

    /// Only names that the build listed exist: no path of a request ever reaches a file.
    Optional<Asset> asset(String name) {
        return Optional.ofNullable(assets.get(name));
    }

    private static Asset load(String name) {
        var extension = name.substring(name.lastIndexOf('.') + 1);
        return new Asset(MEDIA_TYPES.get(extension), read(name), read(name + ".gz"));
    }

    private static byte[] read(String name) {
        try (InputStream in = PlayerFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The player's file " + name + " is missing: build the web module.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
