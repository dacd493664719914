package io.coursewire.storage;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.generic.GenericTypes;

/// Has `bindArray` send arrays in binary.
final class BinaryArrays implements ArgumentFactory {
    @Override
    public Optional<Argument> build(Type type, Object value, ConfigRegistry config) {
        return elementType(type).flatMap(element -> BinaryArray.of(element, values(value)));
    }

    // Jdbi names the type of an array `String[]` and that of a list `Iterable<String>`.
    private static Optional<Type> elementType(Type type) {
        return GenericTypes.isArray(type)
                ? Optional.ofNullable(GenericTypes.getErasedType(type).getComponentType())
                : GenericTypes.findGenericParameter(type, Iterable.class);
    }

    private static List<?> values(Object value) {
        return switch (value) {
            case Object[] objects -> Arrays.asList(objects);
            case List<?> objects -> objects;
            case Collection<?> objects -> Arrays.asList(objects.toArray());
            default ->
                    throw new IllegalArgumentException(
                            "neither an array nor a list: " + value.getClass());
        };
    }
}
