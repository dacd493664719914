package io.coursewire.app;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// Which version this is, as its jar says.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var ofJar = Optional.ofNullable(Main.class.getPackage().getImplementationVersion());
        return new String[] {"Coursewire " + ofJar.orElse("from its classes, of no version")};
    }
}
