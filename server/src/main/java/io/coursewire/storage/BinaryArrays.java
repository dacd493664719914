package io.coursewire.storage;

import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.generic.GenericTypes;

/// Binds arrays so that the driver sends them in binary. It does so only for an array of the very element
/// type, while Jdbi hands it an `Object[]`, of which every text would be escaped here and parsed there.
final class BinaryArrays implements ArgumentFactory {
    private static final Map<Type, String> SQL_NAMES =
            Map.of(
                    byte[].class, "bytea",
                    String.class, "text",
                    Integer.class, "integer",
                    Long.class, "bigint",
                    Boolean.class, "boolean");

    @Override
    public Optional<Argument> build(Type type, Object value, ConfigRegistry config) {
        return elementType(type)
                .filter(SQL_NAMES::containsKey)
                .map(GenericTypes::getErasedType)
                .map(element -> argument(SQL_NAMES.get(element), typed(element, value)));
    }

    // Jdbi names the type of an array `String[]` and that of a list `Iterable<String>`.
    private static Optional<Type> elementType(Type type) {
        return GenericTypes.isArray(type)
                ? Optional.ofNullable(GenericTypes.getErasedType(type).getComponentType())
                : GenericTypes.findGenericParameter(type, Iterable.class);
    }

    private static Object[] typed(Class<?> element, Object value) {
        var given =
                switch (value) {
                    case Object[] objects -> objects;
                    case Collection<?> objects -> objects.toArray();
                    default ->
                            throw new IllegalArgumentException(
                                    "neither an array nor a list: " + value.getClass());
                };
        var typed = (Object[]) Array.newInstance(element, given.length);
        System.arraycopy(given, 0, typed, 0, given.length);
        return typed;
    }

    private static Argument argument(String sqlName, Object[] elements) {
        return (position, statement, _) ->
                statement.setArray(
                        position, statement.getConnection().createArrayOf(sqlName, elements));
    }
}
