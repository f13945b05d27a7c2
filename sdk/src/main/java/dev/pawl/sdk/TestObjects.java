package dev.pawl.sdk;

import java.lang.reflect.Field;
import java.util.Optional;

/** The objects whose methods the steps of a test are: made anew for each step, or found from the one that the test has made. */
record TestObjects(Optional<Object> root) {

    Object of(PipelineStep step) throws ReflectiveOperationException {
        if (root.isEmpty()) {
            return step.method().newPipeline();
        }
        Object object = root.get();
        for (String name : step.fields()) {
            object = held(object, name);
        }
        return object;
    }

    private static Object held(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        Object held = field.get(object);
        if (held == null) {
            throw new IllegalArgumentException(
                    object.getClass().getName() + "." + name + " is null: give the @Nested field its object");
        }
        return held;
    }
}
