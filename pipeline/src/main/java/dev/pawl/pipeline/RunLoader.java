package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.executor.Commands.Started;
import dev.pawl.executor.Executor;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Artifacts;
import dev.pawl.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Brings a claimed run into memory: from its rows, or from its definition if it never began. */
final class RunLoader {
    private final Store store;
    private final RunStore runs;
    private final StepStore steps;
    private final Definitions definitions;
    private final ServerIdentity server;
    private final Executor executor;
    private int order;

    RunLoader(
            Store store,
            RunStore runs,
            StepStore steps,
            Definitions definitions,
            ServerIdentity server,
            Executor executor) {
        this.store = store;
        this.runs = runs;
        this.steps = steps;
        this.definitions = definitions;
        this.server = server;
        this.executor = executor;
    }

    private record Rows(RunStore.Claimed run, List<StepRow> steps, List<StepRow> resumed, List<Started> leftovers) {}

    /**
     * The run, begun or taken up, with what that changed noted; empty if this server does not have it.
     *
     * @param underWay which attempts this server is making
     */
    Optional<LiveRun> load(RunId id, Predicate<AttemptKey> underWay, Changes noted) {
        return store.database()
                .read(tx -> runs.claimed(tx, id, server.id())
                        .map(run -> new Rows(
                                run,
                                steps.rows(tx, id),
                                run.spec()
                                        .resumes()
                                        .map(earlier -> steps.rows(tx, earlier))
                                        .orElse(List.of()),
                                steps.leftovers(tx, id, server))))
                .map(rows -> load(rows, underWay, noted));
    }

    private LiveRun load(Rows rows, Predicate<AttemptKey> underWay, Changes noted) {
        LiveRun run;
        RunGraph graph;
        try {
            Definition definition = definitions.get(rows.run().spec().definition());
            graph = new RunGraph(rows.run().spec().id(), definition.steps());
            graph.restore(rows.steps());
            run = live(rows.run(), Optional.of(definition), graph);
        } catch (PawlException e) {
            if (mayPass(e)) {
                throw new Unreadable(e);
            }
            return unreadable(rows.run(), e, noted);
        }
        if (rows.run().state() instanceof RunMachine.State.Queued) {
            resume(run, graph, rows.resumed(), noted);
            run.begin(noted);
        } else {
            if (!rows.leftovers().isEmpty()) { // to look for others, too, is done once, at the start
                executor.endLeftovers(rows.leftovers()); // what is made again must not be made by two at a time
            }
            run.takeUp(underWay, noted);
        }
        rows.run().cancelBecause().ifPresent(because -> run.cancel(because, noted));
        return run;
    }

    /** The definition of a run cannot be read for the moment. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(PawlException cause) {
            super(cause.text(), cause);
        }
    }

    /** A disk or a network that is gone for the moment is no reason to end a run. */
    private static boolean mayPass(PawlException e) {
        return e.kind() == PawlException.Kind.EXTERNAL && !e.code().equals(Artifacts.DAMAGED);
    }

    /** Whoever waits for its end is told at once. */
    private LiveRun unreadable(RunStore.Claimed claimed, PawlException e, Changes noted) {
        LiveRun run =
                live(claimed, Optional.empty(), new RunGraph(claimed.spec().id(), List.of()));
        run.fail("its definition cannot be read: " + e.text(), noted);
        return run;
    }

    private LiveRun live(RunStore.Claimed run, Optional<Definition> definition, RunGraph graph) {
        return new LiveRun(run.spec(), run.generation(), order++, definition, graph, run.state());
    }

    /** What has vanished meanwhile, or belongs to another definition of the step, is made again. */
    private void resume(LiveRun run, RunGraph graph, List<StepRow> earlier, Changes noted) {
        for (StepRow row : earlier) {
            if (isThere(row)) {
                graph.find(new StepKey(run.spec().id(), row.key().step(), StepKey.WHOLE))
                        .filter(node -> !node.isFinal())
                        .ifPresent(node -> {
                            node.gave(row.inputs(), row.outputs());
                            noted.resumed(run, node, row.key());
                            graph.overFromTheStart(node, new StepMachine.State.Cached(StepMachine.Tries.NONE));
                        });
            }
        }
    }

    private boolean isThere(StepRow row) {
        boolean done = row.state().hasOutputs();
        return done && !row.key().isItem() && row.outputs().values().stream().allMatch(store.artifacts()::has);
    }
}
