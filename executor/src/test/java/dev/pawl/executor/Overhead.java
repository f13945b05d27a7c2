package dev.pawl.executor;

import dev.pawl.executor.Program.CommandLine;
import dev.pawl.executor.Program.JavaCall;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How long it takes to run nothing. To be started by hand; the figures in docs/executors.md are from here. */
final class Overhead {
    private static final Clock CLOCK = Clock.system();
    private static final int MICRO = 1000;

    private Overhead() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("pawl-overhead");
        try (Executor executor = TestExecutors.local(folder.resolve("executor"))) {
            measure("worker, cold", executor, folder, 10, true, nothing());
            measure("worker, warm", executor, folder, 5000, false, nothing());
            measure("process", executor, folder, 300, false, command(Optional.empty()));
            if (Stream.of(arguments).anyMatch("container"::equals)) {
                TestImage.make(folder);
                Image image = new Image(TestImage.NAME, false);
                measure("container", executor, folder, 20, false, command(Optional.of(image)));
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private static JavaCall nothing() {
        return new JavaCall(TestExecutors.stepClasses(), TestSteps.class.getName(), "nothing");
    }

    private static CommandLine command(Optional<Image> image) {
        return new CommandLine(":", Optional.empty(), image);
    }

    private static void measure(String what, Executor executor, Path folder, int times, boolean cold, Program program)
            throws Exception {
        long[] micros = new long[times];
        for (int i = 0; i < times; i++) {
            Execution execution = execution(folder, program, cold ? i : 0);
            long from = CLOCK.nanos();
            Ending ending = executor.run(execution, _ -> {});
            micros[i] = (CLOCK.nanos() - from) / MICRO;
            if (!ending.succeeded()) {
                throw new AssertionError(ending.tail());
            }
        }
        Arrays.sort(micros);
        System.out.printf(
                "%-14s %5d times: p50 %6d us, p90 %6d us, p99 %6d us, max %6d us%n",
                what, times, micros[times / 2], micros[times * 9 / 10], micros[times * 99 / 100], micros[times - 1]);
    }

    private static Execution execution(Path folder, Program program, int variant) {
        String id = Ids.system().next();
        Path own = folder.resolve(id);
        List.of("inputs", "outputs", "work").forEach(name -> Folders.make(own.resolve(name)));
        Map<String, String> environment = Map.of("VARIANT", Integer.toString(variant));
        return new Execution(id, program, own, environment, Map.of(), Limits.within(Duration.ofMinutes(1)));
    }
}
