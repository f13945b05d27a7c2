package dev.pawl.sdk;

import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a step once: what was agreed in, the method, what was agreed out. */
record StepRunner(StepMethod step, StepCall call) {

    /** Gives the object whose method the step is. */
    interface Pipelines {
        Object pipeline() throws ReflectiveOperationException;
    }

    /** Runs it to its end, however that may be. */
    StepEnd run(Pipelines pipelines) {
        try {
            run(pipelines.pipeline());
            return new StepEnd.Done();
        } catch (ContractException e) {
            return new StepEnd.Broken(step.name(), String.valueOf(e.getMessage()));
        } catch (InvocationTargetException e) {
            return StepEnd.threw(step.name(), e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException e) {
            return new StepEnd.Unusable(step.place() + " cannot be called: " + e);
        } catch (RuntimeException | Error e) {
            return StepEnd.threw(step.name(), e);
        }
    }

    private void run(Object pipeline) throws ReflectiveOperationException {
        Object[] arguments = step.arguments().stream().map(this::value).toArray();
        step.method().setAccessible(true);
        Object result = step.method().invoke(pipeline, arguments);
        if (step.output().isPresent()) {
            write(step.output().get(), result);
        }
    }

    private Object value(Argument argument) {
        return switch (argument) {
            case Argument.FromStep input -> input(input);
            case Argument.FromSource source -> required(source.name());
            case Argument.FromSecret secret -> call.secret(secret);
            case Argument.Setting setting -> call.parameter(setting);
            case Argument.ToMetrics _ -> new MetricsFile(call.metrics());
            case Argument.InWorkspace _ -> call.workspace();
            case Argument.HowItEnded _ -> call.outcome();
        };
    }

    private Object input(Argument.FromStep input) {
        if (!input.optional()) {
            return read(input, required(input.name()));
        }
        return call.input(input.name()).map(path -> read(input, path));
    }

    private Path required(String input) {
        return call.input(input).orElseThrow(() -> new ContractException("The call has no input '" + input + "'"));
    }

    private static Object read(Argument.FromStep input, Path path) {
        try {
            return input.list()
                    ? Folders.elements(path).stream().map(input.form()::read).toList()
                    : input.form().read(path);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new ContractException("Input '" + input.name() + "' is no " + (input.list() ? "list of " : "")
                    + input.form().kind().word() + ": " + e.getMessage());
        }
    }

    private void write(StepMethod.Output output, @Nullable Object result) {
        Path path = call.output(step.name());
        try {
            if (result == null) {
                throw new ContractException("it returned null, not a "
                        + (output.list() ? "List" : output.form().word()));
            } else if (output.list()) {
                writeList(output.form(), (List<?>) result, path);
            } else {
                output.form().write(result, path);
            }
        } catch (UncheckedIOException e) {
            throw new ContractException(String.valueOf(e.getMessage()));
        }
    }

    private static void writeList(Form form, List<?> list, Path folder) {
        if (list.size() > Folders.MOST_ELEMENTS) {
            throw new ContractException(
                    "The list has " + list.size() + " elements: " + Folders.MOST_ELEMENTS + " at the most");
        }
        Folders.make(folder);
        int number = 0;
        for (Object element : list) {
            if (element == null) {
                throw new ContractException("Element " + number + " of the list is null");
            }
            form.write(element, folder.resolve(Folders.element(number++, form.kind())));
        }
    }
}
