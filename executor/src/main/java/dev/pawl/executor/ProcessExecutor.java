package dev.pawl.executor;

import dev.pawl.executor.Commands.Command;
import dev.pawl.executor.Commands.Result;
import dev.pawl.executor.Program.CommandLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs commands in processes of this machine. Safe for use by many threads. */
final class ProcessExecutor {
    private final Commands commands;
    private final PythonEnvironments environments;
    private final Strace strace;

    ProcessExecutor(Commands commands, PythonEnvironments environments) {
        this.commands = commands;
        this.environments = environments;
        this.strace = new Strace(commands);
    }

    Ending run(Execution execution, CommandLine line, Beginning beginning) throws InterruptedException {
        execution.layOut();
        try (StepLog log = execution.openLog()) {
            Map<String, String> variables = variables(execution);
            if (line.requirements().isEmpty()) {
                return run(execution, line, variables, log, beginning);
            }
            try (var environment = environments.take(line.requirements().get(), log)) {
                environment.addTo(variables, commands.path());
                return run(execution, line, variables, log, beginning);
            }
        }
    }

    private Ending run(
            Execution execution, CommandLine line, Map<String, String> variables, StepLog log, Beginning beginning)
            throws InterruptedException {
        ProcessLimits limits = new ProcessLimits(execution.limits());
        Command command = new Command(
                limits.around(List.of("sh", "-c", line.script())),
                execution.work(),
                variables,
                execution.log(),
                execution.limits().timeout());
        Tracing tracing = Tracing.of(execution, variables, commands, strace);
        Result result = commands.run(tracing.around(command), log, tracing.sink(), beginning::began);
        limits.explain(result, log);
        return new Ending(result.exit(), result.timedOut(), List.of(), result.took(), log.tail(), tracing.observed());
    }

    Result run(Command command, Path requirements, Beginning beginning) throws InterruptedException {
        try (StepLog log = StepLog.to(command.log(), List.of());
                var environment = environments.take(requirements, log)) {
            Map<String, String> variables = new TreeMap<>(command.environment());
            environment.addTo(variables, commands.path());
            return commands.run(command.with(variables), log, beginning::began);
        }
    }

    /** What was declared, the secrets, and where the contract's files are. */
    static Map<String, String> variables(Execution execution) {
        Map<String, String> variables = contract(execution);
        variables.putAll(execution.environment());
        variables.putAll(execution.secrets());
        return variables;
    }

    static Map<String, String> contract(Execution execution) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("PAWL_STEP", execution.step().toString());
        variables.put("PAWL_INPUTS", execution.folder().resolve("inputs").toString());
        variables.put("PAWL_OUTPUTS", execution.folder().resolve("outputs").toString());
        variables.put(
                "PAWL_METRICS", execution.folder().resolve("metrics.jsonl").toString());
        return variables;
    }
}
