package io.coursewire.packages.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The extra fields of a header: id, length, value, again and again (APPNOTE 4.5.1).
final class ExtraFields {
    private static final int HEADER_BYTES = 4;

    private ExtraFields() {}

    /// The value of the first field with the id; empty where there is none. What is cut short is left out,
    /// as other tools pad with zeros.
    static ByteBuffer find(byte[] extra, int id) {
        var fields = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
        while (fields.remaining() >= HEADER_BYTES) {
            int found = Short.toUnsignedInt(fields.getShort());
            int length = Short.toUnsignedInt(fields.getShort());
            if (length > fields.remaining()) {
                break;
            }
            if (found == id) {
                return fields.slice(fields.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            }
            fields.position(fields.position() + length);
        }
        return ByteBuffer.allocate(0);
    }
}
