package io.coursewire.storage;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.generic.GenericTypes;

/// Binds `bytea[]`. The driver takes them as `byte[][]` only, and Jdbi would hand it an `Object[]`.
final class ByteaArrays implements ArgumentFactory {
    @Override
    public Optional<Argument> build(Type type, Object value, ConfigRegistry config) {
        return isByteaArray(type) ? Optional.of(argument(elements(value))) : Optional.empty();
    }

    // Jdbi names the type of an array `byte[][]` and that of a list `Iterable<byte[]>`.
    private static boolean isByteaArray(Type type) {
        var element =
                GenericTypes.isArray(type)
                        ? Optional.<Type>ofNullable(
                                GenericTypes.getErasedType(type).getComponentType())
                        : GenericTypes.findGenericParameter(type, Iterable.class);
        return element.equals(Optional.of(byte[].class));
    }

    private static byte[][] elements(Object value) {
        return switch (value) {
            case byte[][] arrays -> arrays;
            case Object[] objects -> Arrays.asList(objects).toArray(byte[][]::new);
            case Collection<?> objects -> objects.toArray(byte[][]::new);
            default ->
                    throw new IllegalArgumentException(
                            "not a list of byte arrays: " + value.getClass());
        };
    }

    private static Argument argument(byte[][] arrays) {
        return (position, statement, _) ->
                statement.setArray(
                        position, statement.getConnection().createArrayOf("bytea", arrays));
    }
}
