package dev.pawl.pipeline;

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
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * An outside world in which steps do what their command says, in no time: {@code ok}, {@code fail}, {@code fail-once},
 * {@code lose-once}, {@code time-out}, {@code hang}; with {@code held-} before it, only once
 * they are no longer held. For scenarios by the hundred; what real programs do is tested with real ones.
 */
final class ScriptedExecutor implements Executor {
    static final String HELD = "held-";

    /** By run, step and item: how often its program was begun, over all servers of a test. */
    final Map<String, AtomicInteger> begun = new ConcurrentHashMap<>();

    /** Likewise, how often it ended well. */
    final Map<String, AtomicInteger> succeeded = new ConcurrentHashMap<>();

    /** Likewise, how often it was begun and not held. */
    final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();

    /** Lets all that is held do what it is to do. */
    final CountDownLatch letGo = new CountDownLatch(1);

    /** How many hung until they were interrupted. */
    final AtomicInteger interrupted = new AtomicInteger();

    /** Lets all that hang go on. */
    final CountDownLatch release = new CountDownLatch(1);

    @Override
    public String name(Program program) {
        return "scripted";
    }

    @Override
    public Ending run(Execution execution, Beginning beginning) throws InterruptedException {
        JsonNode call = Json.tree(Json.write(execution.call()));
        String step = call.path("run").asString() + "/" + call.path("step").asString() + "/"
                + call.path("item").asInt(StepKey.WHOLE);
        beginning.began(new Started(ProcessHandle.current().pid(), Instant.EPOCH));
        begun.computeIfAbsent(step, _ -> new AtomicInteger()).incrementAndGet();
        String script = execution.program() instanceof Program.CommandLine command ? command.script() : "ok";
        if (script.startsWith(HELD)) {
            letGo.await();
        }
        boolean first = tries.computeIfAbsent(step, _ -> new AtomicInteger()).incrementAndGet() == 1;
        return switch (script.replace(HELD, "")) {
            case "ok" -> succeed(step, call);
            case "fail" -> ended(1, false);
            case "fail-once" -> first ? ended(1, false) : succeed(step, call);
            case "lose-once" -> {
                if (first) {
                    throw PawlException.external("lost", "the platform broke", new IOException("on purpose"));
                }
                yield succeed(step, call);
            }
            case "time-out" -> ended(143, true);
            case "hang" -> {
                awaitRelease();
                yield succeed(step, call);
            }
            default -> throw new IllegalArgumentException(script);
        };
    }

    private void awaitRelease() throws InterruptedException {
        try {
            release.await();
        } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            throw e;
        }
    }

    private Ending succeed(String step, JsonNode call) {
        call.path("outputs")
                .properties()
                .forEach(output -> write(Path.of(output.getValue().asString())));
        succeeded.computeIfAbsent(step, _ -> new AtomicInteger()).incrementAndGet();
        return ended(0, false);
    }

    private static Ending ended(int exit, boolean timedOut) {
        return new Ending(exit, timedOut, List.of(), Duration.ZERO, "");
    }

    /** A list gets three items. */
    private static void write(Path output) {
        try {
            if (Files.isDirectory(output)) {
                for (int i = 0; i < 3; i++) {
                    Files.writeString(output.resolve("%06d".formatted(i)), "item " + i);
                }
            } else {
                Files.writeString(output, "made");
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
