package dev.pawl.sdk;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether a record can be kept as JSON: what may be in it, looked at when the class is loaded. */
final class RecordTypes {
    private static final String ALLOWED =
            "use int, long, double, boolean, String, an enum, Instant, LocalDate, Duration, a"
                    + " record, or a List, Map<String, ...> or Optional of these";

    private final Set<Class<?>> seen = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    private RecordTypes() {}

    /** What is wrong with the record, each problem with the path of the component. */
    static List<String> problems(Class<?> type) {
        RecordTypes types = new RecordTypes();
        types.checkRecord(type, type.getSimpleName());
        return types.problems;
    }

    /** Whether a path such as {@code best.rows} leads to something in such a thing; what keys a map has is not known before. */
    static boolean mayHold(Type type, String path) {
        Type given = Shape.argument(type, Optional.class).orElse(type);
        if (given instanceof ParameterizedType generic) {
            return generic.getRawType().equals(Map.class);
        }
        String[] keys = path.split("\\.", 2);
        return given instanceof Class<?> known
                && known.isRecord()
                && Arrays.stream(known.getRecordComponents())
                        .filter(component -> component.getName().equals(keys[0]))
                        .anyMatch(component -> keys.length == 1 || mayHold(component.getGenericType(), keys[1]));
    }

    private void checkRecord(Class<?> type, String path) {
        if (!seen.add(type)) {
            return;
        }
        if (type.getTypeParameters().length > 0) {
            problems.add(path + " is generic: use a record without type parameters");
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            Type given = component.getGenericType();
            check(Shape.argument(given, Optional.class).orElse(given), path + "." + component.getName());
        }
    }

    private void check(Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            checkGeneric(generic, path);
        } else if (type instanceof Class<?> known && known.isRecord() && !RunParts.isOne(known)) {
            checkRecord(known, path);
        } else if (!isLeaf(type)) {
            problems.add(path + " has the type " + Shape.word(type) + ": " + ALLOWED);
        }
    }

    private void checkGeneric(ParameterizedType type, String path) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType().equals(List.class)) {
            check(arguments[0], path + "[]");
        } else if (type.getRawType().equals(Map.class) && arguments[0].equals(String.class)) {
            check(arguments[1], path + "{}");
        } else {
            problems.add(path + " has the type " + Shape.word(type) + ": " + ALLOWED);
        }
    }

    private static boolean isLeaf(Type type) {
        return Scalar.of(type).isPresent() || isTime(type) || (type instanceof Class<?> known && known.isEnum());
    }

    private static boolean isTime(Type type) {
        return List.<Type>of(Instant.class, LocalDate.class, Duration.class).contains(type);
    }
}
