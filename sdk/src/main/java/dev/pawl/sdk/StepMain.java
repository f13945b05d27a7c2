package dev.pawl.sdk;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Runs one step: {@code StepMain <pipelineClass> <step>}, with the environment variable PAWL_STEP naming the call. Exit code 0 when
 * the step succeeded and its output is written; 1 when it failed, with a stack trace of the user's exception or one line about
 * what was not as agreed; 2 when the class or the command line is unusable.
 */
public final class StepMain {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int UNUSABLE = 2;

    private StepMain() {}

    /** Exits explicitly: a thread that a learner left behind must not keep the process. */
    public static void main(String[] args) {
        System.exit(run(args, System.getenv("PAWL_STEP"), System.err));
    }

    static int run(String[] args, @Nullable String call, PrintStream err) {
        if (args.length != 2 || call == null) {
            err.println("Usage: PAWL_STEP=<step.json> StepMain <pipelineClass> <step>");
            return UNUSABLE;
        }
        try {
            StepMethod step = PipelineClass.load(args[0]).step(args[1]);
            run(step, StepCall.read(Path.of(call)));
            return DONE;
        } catch (PipelineException e) {
            err.println(e.getMessage());
            return UNUSABLE;
        } catch (ContractException e) {
            err.println("Step " + args[1] + ": " + e.getMessage());
            return FAILED;
        } catch (InvocationTargetException e) {
            return failed(args[1], e.getCause(), err);
        } catch (ReflectiveOperationException e) {
            err.println("Step " + args[1] + " cannot be called: " + e);
            return UNUSABLE;
        }
    }

    /** A contract broken within the user's code, such as a metric of NaN, needs no stack trace either. */
    private static int failed(String step, @Nullable Throwable cause, PrintStream err) {
        if (cause instanceof ContractException broken) {
            err.println("Step " + step + ": " + broken.getMessage());
        } else if (cause != null) {
            cause.printStackTrace(err);
        }
        return FAILED;
    }

    private static void run(StepMethod step, StepCall call) throws ReflectiveOperationException {
        if (!call.step().equals(step.name())) {
            throw new ContractException("step.json is for step '" + call.step() + "'");
        }
        Path output = call.output(step.name());
        Object[] arguments =
                step.arguments().stream().map(argument -> value(argument, call)).toArray();
        Object result = invoke(step, arguments);
        if (result == null) {
            throw new ContractException(
                    "it returned null, not a " + step.output().type().getSimpleName());
        }
        write(step, result, output);
    }

    private static @Nullable Object invoke(StepMethod step, Object[] arguments) throws ReflectiveOperationException {
        Constructor<?> constructor = step.method().getDeclaringClass().getDeclaredConstructor();
        constructor.setAccessible(true);
        step.method().setAccessible(true);
        return step.method().invoke(constructor.newInstance(), arguments);
    }

    private static Object value(Argument argument, StepCall call) {
        return switch (argument) {
            case Argument.FromStep(String step, Kind kind) -> read(kind, step, call.input(step));
            case Argument.FromSource source -> call.input(source.name());
            case Argument.Setting setting -> call.parameter(setting);
            case Argument.ToMetrics _ -> new MetricsFile(call.metrics());
        };
    }

    private static Object read(Kind kind, String input, Path file) {
        try {
            return kind.read(file);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new ContractException("Input '" + input + "' is no " + kind.word() + ": " + e.getMessage());
        }
    }

    private static void write(StepMethod step, Object result, Path output) {
        try {
            step.output().write(result, output);
        } catch (UncheckedIOException e) {
            throw new ContractException(String.valueOf(e.getMessage()));
        }
    }
}
