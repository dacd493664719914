package io.coursewire.app;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a port to listen on.
final class PortOption implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw new TypeConversionException(
                "a port is a number from 0 (any free one) to 65535, not " + text);
    }
}
