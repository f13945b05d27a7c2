package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.executor.Commands;
import dev.pawl.executor.Commands.Command;
import dev.pawl.executor.Commands.Started;
import dev.pawl.executor.Folders;
import dev.pawl.executor.PipelineClass;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.RunMachine.Event;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a step's process by the step contract (docs/reference/step-contract.md). */
final class StepProcess {
    private static final int CONTRACT = 1;

    private final Store store;
    private final StepStore steps;
    private final RunChanges changes;
    private final RunningSteps running;
    private final Commands commands;
    private final Path javaHome;
    private final Path scratch;

    StepProcess(Orchestrator.Parts parts) {
        this.store = parts.store();
        this.steps = parts.steps();
        this.changes = parts.changes();
        this.running = parts.running();
        this.commands = parts.commands();
        this.javaHome = parts.settings().javaHome();
        this.scratch = parts.scratch();
    }

    /** All that one attempt needs. */
    record Attempt(
            StepRef ref,
            RunSpec run,
            Definition.Step step,
            Packages.Unpacked unpacked,
            StepInputs inputs,
            CacheKey key,
            Scratch folder) {
        StepOutputs outputs() {
            return new StepOutputs(step.outputs(), folder.outputs());
        }
    }

    StepOutcome run(Attempt attempt) throws InterruptedException {
        writeStep(attempt);
        Commands.Result result;
        try {
            result = commands.run(command(attempt), started -> began(attempt, started));
        } finally {
            running.remove(attempt.ref());
        }
        Digest log = store.artifacts().put(attempt.folder().log());
        return result.succeeded() ? done(attempt, result, log) : StepFailure.ended(attempt, result, log);
    }

    /** Ends what this attempt's former process is still doing, if its server died or lost its lease. */
    void endLeftover(StepRef ref) {
        endLeftovers(store.database().read(steps::processes).stream()
                .filter(process -> process.step().equals(ref))
                .toList());
    }

    /** A process number says something on the machine it comes from only: the scratch folder tells whose it is. */
    void endLeftovers(List<StepStore.Leftover> processes) {
        processes.stream()
                .filter(process -> Path.of(process.scratch()).startsWith(scratch))
                .forEach(process -> commands.kill(process.started()));
    }

    /** Known first to those that end processes, then to the database: whichever cancels meets the one or the other. */
    private void began(Attempt attempt, Started started) {
        StepRef ref = attempt.ref();
        running.add(ref, started);
        boolean current = store.database()
                .transact(tx -> changes.on(tx, ref.run(), new Event.Began(ref.step(), ref.attempt()), () -> {
                    steps.keepKey(tx, ref, attempt.key());
                    steps.keepProcess(tx, ref, started, attempt.folder().root().toString());
                }));
        if (!current) {
            throw PawlException.conflict("attempt-over", "its run ended before it began");
        }
    }

    private StepOutcome done(Attempt attempt, Commands.Result result, Digest log) {
        try {
            var metrics =
                    StepMetrics.read(attempt.step().name(), attempt.folder().metrics());
            return new StepOutcome.Done(attempt.key(), attempt.outputs().keep(store.artifacts()), metrics, log);
        } catch (PawlException e) {
            return switch (e.kind()) {
                case USER, LIMIT -> StepFailure.badResult(attempt, e, result, log);
                case NOT_FOUND, CONFLICT, EXTERNAL, INTERNAL -> throw e;
            };
        }
    }

    private void writeStep(Attempt attempt) {
        Scratch folder = attempt.folder();
        Map<String, Object> step = new TreeMap<>();
        step.put("contract", CONTRACT);
        step.put("run", attempt.run().id());
        step.put("step", attempt.step().name());
        step.put("attempt", attempt.ref().attempt());
        step.put("as_of", attempt.run().asOf().toString());
        step.put("parameters", attempt.step().parameters());
        step.put("inputs", attempt.inputs().writeTo(store.artifacts(), folder.inputs()));
        step.put("outputs", attempt.outputs().paths());
        step.put("metrics", folder.metrics().toString());
        try {
            Files.writeString(folder.step(), Json.pretty(step));
        } catch (IOException e) {
            throw Folders.trouble("write " + folder.step(), e);
        }
    }

    private Command command(Attempt attempt) {
        return switch (attempt.step().command()) {
            case Definition.JavaMethod(String className) -> javaCommand(attempt, className);
            case Definition.Shell shell -> shellCommand(attempt, shell);
        };
    }

    private Command javaCommand(Attempt attempt, String className) {
        List<Path> jars = attempt.unpacked().jars();
        if (jars.isEmpty()) {
            throw PawlException.user(
                    "no-jars",
                    "its package has no jar; list the built jars and those they need in pawl.yaml under ci.package");
        }
        List<String> line = PipelineClass.java(
                javaHome,
                jars,
                PipelineClass.STEP_MAIN,
                className,
                attempt.step().name().value());
        return command(attempt, line, Map.of());
    }

    private Command shellCommand(Attempt attempt, Definition.Shell shell) {
        link(attempt.unpacked().folder(), attempt.folder().work());
        Map<String, String> environment = new TreeMap<>(shell.environment());
        environment.put("PAWL_PACKAGE", attempt.unpacked().folder().toString());
        environment.put("PAWL_INPUTS", attempt.folder().inputs().toString());
        environment.put("PAWL_OUTPUTS", attempt.folder().outputs().toString());
        return command(attempt, List.of("sh", "-c", shell.run()), environment);
    }

    private static Command command(Attempt attempt, List<String> line, Map<String, String> environment) {
        Map<String, String> all = new TreeMap<>(environment);
        all.put("PAWL_STEP", attempt.folder().step().toString());
        return new Command(
                line,
                attempt.folder().work(),
                all,
                attempt.folder().log(),
                attempt.step().timeout());
    }

    /** The package's files under the names they have in the repository; what a step writes stays in its own folder. */
    private static void link(Path packageFolder, Path work) {
        try {
            for (Path entry : Folders.entries(packageFolder)) {
                Files.createSymbolicLink(work.resolve(entry.getFileName()), entry);
            }
        } catch (IOException e) {
            throw Folders.trouble("link the package into " + work, e);
        }
    }
}
