package dev.pawl.sdk;

import java.lang.reflect.Method;
import java.util.List;

/** A step as its method declares it. */
record StepMethod(Method method, List<Argument> arguments, Kind output) {
    String name() {
        return method.getName();
    }

    List<Argument.FromStep> inputs() {
        return arguments.stream()
                .filter(Argument.FromStep.class::isInstance)
                .map(Argument.FromStep.class::cast)
                .toList();
    }
}
