package io.coursewire.app;

import io.coursewire.kernel.ClientId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `--client`.
final class ClientOption implements ITypeConverter<ClientId> {
    @Override
    public ClientId convert(String text) {
        return ClientId.parse(text)
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "a client id is 1 to 64 of a-z 0-9 - _, not " + text));
    }
}
