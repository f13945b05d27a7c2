package dev.pawl.executor;

import dev.pawl.executor.Commands.Command;
import dev.pawl.executor.Commands.Result;
import dev.pawl.executor.Commands.Started;
import dev.pawl.executor.Program.CommandLine;
import dev.pawl.executor.Program.JavaCall;
import java.nio.file.Path;
import java.util.Collection;

/** Picks what runs a program on this machine. */
final class LocalExecutor implements Executor {
    private final Commands commands;
    private final WorkerPool workers;
    private final PythonEnvironments environments;
    private final ProcessExecutor processes;
    private final ContainerExecutor containers;

    LocalExecutor(
            Commands commands, WorkerPool workers, PythonEnvironments environments, ContainerExecutor containers) {
        this.commands = commands;
        this.workers = workers;
        this.environments = environments;
        this.processes = new ProcessExecutor(commands, environments);
        this.containers = containers;
    }

    @Override
    public String name(Program program) {
        return switch (program) {
            case JavaCall _ -> "worker";
            case CommandLine line -> line.image().isPresent() ? "container" : "process";
        };
    }

    @Override
    public Ending run(Execution execution, Beginning beginning) throws InterruptedException {
        return switch (execution.program()) {
            case JavaCall call -> workers.run(execution, call, beginning);
            case CommandLine line ->
                line.image().isPresent()
                        ? containers.run(execution, line, beginning)
                        : processes.run(execution, line, beginning);
        };
    }

    @Override
    public Result run(Command command, Path requirements, Beginning beginning) throws InterruptedException {
        return processes.run(command, requirements, beginning);
    }

    @Override
    public Result run(Command command, CommandContainer container, Beginning beginning) throws InterruptedException {
        return containers.run(command, container, beginning);
    }

    @Override
    public void endLeftovers(Collection<Started> left) {
        commands.kill(
                left.stream().filter(process -> !workers.owns(process.pid())).toList());
        commands.endLeftovers();
        workers.deleteLeftovers();
        environments.endLeftovers();
        try {
            containers.endLeftovers();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the next server removes them
        }
    }

    @Override
    public void close() {
        workers.close();
    }
}
