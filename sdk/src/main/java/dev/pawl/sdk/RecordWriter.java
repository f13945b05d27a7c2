package dev.pawl.sdk;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records as JSON objects; an empty Optional is left out. */
final class RecordWriter {
    private RecordWriter() {}

    /** @throws ContractException with the path of a component that is null or not a finite number */
    static Map<String, Object> write(Record value) {
        return object(value, value.getClass().getSimpleName());
    }

    private static Map<String, Object> object(Record value, String path) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            String at = path + "." + component.getName();
            Object part = part(component, value);
            if (part instanceof Optional<?> optional) {
                optional.ifPresent(present -> json.put(component.getName(), json(present, at)));
            } else {
                json.put(component.getName(), json(part, at));
            }
        }
        return json;
    }

    private static @Nullable Object part(RecordComponent component, Record value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new ContractException(
                    value.getClass().getName() + "." + component.getName() + " cannot be read: " + e);
        }
    }

    private static Object json(@Nullable Object value, String path) {
        return switch (value) {
            case null -> throw new ContractException(path + " is null: make it an Optional if it may be missing");
            case Double number
            when !Double.isFinite(number) ->
                throw new ContractException(path + " is " + number + ": give finite values only");
            case Double number -> number;
            case Integer number -> number;
            case Long number -> number;
            case Boolean bool -> bool;
            case String text -> text;
            case Enum<?> constant -> constant.name();
            case Instant time -> time.toString();
            case LocalDate date -> date.toString();
            case Duration duration -> duration.toString();
            case Record record -> object(record, path);
            case List<?> list -> list(list, path);
            case Map<?, ?> map -> map(map, path);
            default ->
                throw new ContractException(
                        path + " is of type " + value.getClass().getName());
        };
    }

    private static List<Object> list(List<?> list, String path) {
        List<Object> json = new ArrayList<>();
        for (Object element : list) {
            json.add(json(element, path + "[" + json.size() + "]"));
        }
        return json;
    }

    private static Map<String, Object> map(Map<?, ?> map, String path) {
        Map<String, Object> json = new LinkedHashMap<>();
        map.forEach((key, value) -> json.put(String.valueOf(key), json(value, path + "." + key)));
        return json;
    }
}
