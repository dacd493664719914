package io.coursewire.app;

import io.coursewire.kernel.Uuid;
import java.util.UUID;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the id of an API key.
final class KeyIdParameter implements ITypeConverter<UUID> {
    @Override
    public UUID convert(String text) {
        return Uuid.parse(text)
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "a key's id is what `key list` shows before its name, not "
                                                + text));
    }
}
