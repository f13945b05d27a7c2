package dev.pawl.bench;

import dev.pawl.executor.Beginning;
import dev.pawl.executor.CommandContainer;
import dev.pawl.executor.Commands.Command;
import dev.pawl.executor.Commands.Result;
import dev.pawl.executor.Commands.Started;
import dev.pawl.executor.Ending;
import dev.pawl.executor.Execution;
import dev.pawl.executor.Executor;
import dev.pawl.executor.Program;
import dev.pawl.kernel.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Runs nothing and writes what the step is to give, if anything: a line, or as many files as the parameter {@code items} says. */
final class NothingExecutor implements Executor {
    @Override
    public String name(Program program) {
        return "nothing";
    }

    @Override
    public Ending run(Execution execution, Beginning beginning) {
        beginning.began(new Started(ProcessHandle.current().pid(), Instant.EPOCH));
        JsonNode call = Json.tree(Json.write(execution.call()));
        int items = call.at("/parameters/items").asInt(0);
        call.path("outputs").forEach(out -> write(Path.of(out.stringValue()), items));
        return new Ending(0, false, List.of(), Duration.ZERO, "");
    }

    private static void write(Path out, int items) {
        try {
            if (items == 0) {
                Files.writeString(out, "1\n");
            }
            for (int i = 0; i < items; i++) {
                Files.writeString(out.resolve("%06d".formatted(i)), "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Result run(Command command, Path requirements, Beginning beginning) {
        throw new UnsupportedOperationException("it runs steps only");
    }

    @Override
    public Result run(Command command, CommandContainer container, Beginning beginning) {
        throw new UnsupportedOperationException("it runs steps only");
    }

    @Override
    public void endLeftovers(Collection<Started> processes) {}

    @Override
    public void close() {}
}
