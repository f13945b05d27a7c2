package dev.pawl.app;

import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.RunState;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.StepState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pawl run}. */
@Command(
        name = "run",
        description =
                "Builds the working copy and runs its pipeline on this machine, as CI and production would; records"
                        + " the commit, uncommitted changes, data, metrics and artifacts in the folder .pawl.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl run",
            "  pawl run --as-of 1971-01-01      with the data that was known then",
            "  pawl run --no-build --sample 900  quickly, on the first rows"
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private Printed printed = new Printed();

    @Option(names = "--project", defaultValue = ".", description = "The working copy (default: this folder).")
    private Path project = Path.of("");

    @Mixin
    private AsOf asOf = new AsOf();

    @Option(names = "--sample", description = "Only so many first rows of each source.")
    private @Nullable Integer sample;

    @Option(
            names = "--build",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Run ci.build first (default: yes).")
    private boolean build;

    private final Map<StepName, StepState> shown = new HashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        Path folder = project.toAbsolutePath().normalize();
        Instant moment = asOf.moment();
        try (Laboratory laboratory =
                Laboratory.open(folder.resolve(".pawl"), Runtime.getRuntime().availableProcessors())) {
            var prepared = laboratory
                    .experiments()
                    .prepare(folder, build, folder.resolve(".pawl").resolve("build.log"));
            RunId id = laboratory.experiments().start(prepared, moment, Optional.ofNullable(sample));
            Run run = laboratory.await(id, this::show);
            if (printed.asJson()) {
                printed.json(RunView.of(laboratory, run));
            } else {
                RunView.of(laboratory, run).print(printed);
            }
            return run.state() == RunState.SUCCEEDED ? 0 : 1;
        }
    }

    private void show(List<RunStep> steps) {
        for (RunStep step : steps) {
            if (!printed.asJson() && shown.put(step.name(), step.state()) != step.state()) {
                printed.line("%-20s %-10s %s".formatted(step.name(), WORDS.get(step.state()), took(step)));
            }
        }
    }

    private static final Map<StepState, String> WORDS = words();

    private static Map<StepState, String> words() {
        Map<StepState, String> words = new EnumMap<>(StepState.class);
        for (StepState state : StepState.values()) {
            words.put(state, state.name().toLowerCase(Locale.ROOT));
        }
        return words;
    }

    private static String took(RunStep step) {
        if (step.startedAt().isEmpty() || step.endedAt().isEmpty()) {
            return "";
        }
        return "%.1f s"
                .formatted(
                        Duration.between(step.startedAt().get(), step.endedAt().get())
                                        .toMillis()
                                / 1e3);
    }
}
