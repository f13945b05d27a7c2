package dev.pawl.sdk;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A step as its method declares it.
 *
 * @param output nothing for a method without a result
 * @param rules what its annotation says
 */
record StepMethod(Method method, List<Argument> arguments, Optional<Output> output, Step rules) {

    /** What it gives; if a list, each element of that form. */
    record Output(Form form, boolean list) {}

    String name() {
        return method.getName();
    }

    /** Class and method, for messages. */
    String place() {
        return method.getDeclaringClass().getName() + "." + name();
    }

    List<Argument.FromStep> inputs() {
        return all(Argument.FromStep.class);
    }

    List<Argument.FromSource> sources() {
        return all(Argument.FromSource.class);
    }

    List<Argument.Setting> settings() {
        return all(Argument.Setting.class);
    }

    List<Argument.FromSecret> secrets() {
        return all(Argument.FromSecret.class);
    }

    /** The values of its secrets by parameter, as far as they are there; given by secret. */
    Map<String, String> secretValues(Map<String, String> given) {
        return secrets().stream()
                .filter(secret -> given.containsKey(secret.secret()))
                .collect(
                        Collectors.toMap(Argument.FromSecret::name, secret -> given.getOrDefault(secret.secret(), "")));
    }

    private <A extends Argument> List<A> all(Class<A> kind) {
        return arguments.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Whether it runs once for each element of a list, so that its output is one too. */
    boolean isFannedOut() {
        return inputs().stream().anyMatch(Argument.FromStep::each);
    }

    /** A new object of the class that the method is called on. */
    Object newPipeline() throws ReflectiveOperationException {
        Constructor<?> constructor = method.getDeclaringClass().getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
    }
}
