package dev.pawl.sdk;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records from JSON objects, strictly: every component is there unless it is Optional, and nothing else is. */
final class RecordReader {
    private RecordReader() {}

    /**
     * @throws IllegalArgumentException with file and path of what does not fit
     * @throws java.io.UncheckedIOException when the file cannot be read
     */
    static Object read(Class<?> type, Path file) {
        try {
            return record(type, Json.read(file), type.getSimpleName());
        } catch (Mismatch e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** Something in the JSON that the record has no place for. */
    private static final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Mismatch(String message) {
            super(message);
        }
    }

    private static Object record(Class<?> type, @Nullable Object json, String path) {
        Map<?, ?> object = object(json, path);
        RecordComponent[] components = type.getRecordComponents();
        List<String> known =
                Arrays.stream(components).map(RecordComponent::getName).toList();
        for (Object key : object.keySet()) {
            if (!known.contains(key)) {
                throw new Mismatch(path + "." + key + " is not known: there are " + known);
            }
        }
        Object[] parts = Arrays.stream(components)
                .map(component -> component(component, object, path + "." + component.getName()))
                .toArray();
        return make(type, components, parts, path);
    }

    private static Object component(RecordComponent component, Map<?, ?> object, String path) {
        Object json = object.get(component.getName());
        Optional<Type> optional = Shape.argument(component.getGenericType(), Optional.class);
        if (optional.isPresent()) {
            return json == null ? Optional.empty() : Optional.of(value(optional.get(), json, path));
        }
        if (!object.containsKey(component.getName())) {
            throw new Mismatch(path + " is missing");
        }
        return value(component.getGenericType(), json, path);
    }

    private static Object value(Type type, @Nullable Object json, String path) {
        Optional<Scalar> scalar = Scalar.of(type);
        if (scalar.isPresent()) {
            return scalar.get()
                    .of(json)
                    .orElseThrow(() -> mismatch(path, scalar.get().word(), json));
        }
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType().equals(List.class)
                    ? list(generic.getActualTypeArguments()[0], json, path)
                    : map(generic.getActualTypeArguments()[1], json, path);
        }
        Class<?> known = (Class<?>) type;
        return known.isRecord() ? record(known, json, path) : text(known, json, path);
    }

    private static List<Object> list(Type element, @Nullable Object json, String path) {
        if (!(json instanceof List<?> array)) {
            throw mismatch(path, "list", json);
        }
        List<Object> list = new ArrayList<>();
        for (Object one : array) {
            list.add(value(element, one, path + "[" + list.size() + "]"));
        }
        return Collections.unmodifiableList(list);
    }

    private static Map<String, Object> map(Type element, @Nullable Object json, String path) {
        Map<String, Object> map = new LinkedHashMap<>();
        object(json, path).forEach((key, one) -> map.put((String) key, value(element, one, path + "." + key)));
        return Collections.unmodifiableMap(map);
    }

    private static Map<?, ?> object(@Nullable Object json, String path) {
        if (json instanceof Map<?, ?> object) {
            return object;
        }
        throw mismatch(path, "object", json);
    }

    /** What JSON holds as text. */
    private static Object text(Class<?> type, @Nullable Object json, String path) {
        if (!(json instanceof String text)) {
            throw mismatch(path, "text", json);
        }
        if (type.isEnum()) {
            return constant(type, text, path);
        } else if (type.equals(Instant.class)) {
            return time(Instant::parse, "an instant such as 1970-01-01T00:00:00Z", text, path);
        } else if (type.equals(LocalDate.class)) {
            return time(LocalDate::parse, "a date such as 1970-01-01", text, path);
        }
        return time(Duration::parse, "a duration such as PT15M", text, path);
    }

    private static Object constant(Class<?> type, String text, String path) {
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            if (name.equals(text)) {
                return constant;
            }
            names.add(name);
        }
        throw new Mismatch(path + " is \"" + text + "\": use one of " + names);
    }

    private static Object time(Function<String, Object> parser, String expected, String text, String path) {
        try {
            return parser.apply(text);
        } catch (DateTimeException e) {
            throw new Mismatch(path + " is \"" + text + "\": it must be " + expected);
        }
    }

    private static Object make(Class<?> type, RecordComponent[] components, Object[] parts, String path) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(parts);
        } catch (InvocationTargetException e) {
            throw new Mismatch(path + " is refused by " + type.getName() + ": " + e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new Mismatch(path + " cannot be made: " + e);
        }
    }

    private static Mismatch mismatch(String path, String expected, @Nullable Object json) {
        return new Mismatch(path + " must be of type " + expected + ", but is " + Json.write(json));
    }
}
