package dev.pawl.app;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.Lineage;
import dev.pawl.pipeline.LineageLink;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.Runs;
import dev.pawl.pipeline.Runs.ItemCount;
import dev.pawl.pipeline.StepState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells the lineage of things with what every stage knows of the steps on the way.
 *
 * @param known what the engine does not know by itself
 * @param reach how much is told
 */
record Origins(Runs runs, Lineage lineage, Definitions definitions, Known known, Reach reach) {

    /** What stages know of runs and artifacts. */
    interface Known {
        Optional<LineageView.Source> source(Run run);

        /** The model versions whose file it is. */
        List<String> registered(Digest artifact);
    }

    static Origins of(Notebook notebook) {
        Known known = new KnownByNotebook(notebook);
        return new Origins(notebook.runs(), new Lineage(notebook.store()), notebook.definitions(), known, Reach.ALL);
    }

    Origins within(Reach other) {
        return new Origins(runs, lineage, definitions, known, other);
    }

    LineageView artifact(String digestOrPrefix) {
        Digest artifact = lineage.artifact(digestOrPrefix);
        return view(artifact.value(), Optional.of(artifact), lineage.back(artifact), lineage.forth(artifact));
    }

    /** @param run the one that trained it */
    LineageView model(String name, Digest artifact, RunId run) {
        return view(name, Optional.of(artifact), lineage.back(artifact, run), lineage.forth(artifact));
    }

    LineageView run(RunId run) {
        runs.run(run); // not found is said
        return view(run.value(), Optional.empty(), lineage.back(run), lineage.forth(run));
    }

    private LineageView view(String of, Optional<Digest> artifact, List<Lineage.Stop> back, List<Lineage.Stop> forth) {
        List<Lineage.Stop> told = reach.of(back);
        List<Lineage.Stop> toldForth = reach.of(forth);
        Stream<Digest> results = artifact.isPresent()
                ? artifact.stream()
                : back.stream()
                        .filter(stop -> stop.depth() == 0)
                        .map(stop -> stop.through().artifact());
        return new LineageView(
                of,
                artifact,
                results.flatMap(it -> known.registered(it).stream()).distinct().toList(),
                told.stream().map(this::stop).toList(),
                toldForth.stream().map(this::stop).toList(),
                new LineageView.LeftOff(back.size() - told.size(), forth.size() - toldForth.size()));
    }

    private LineageView.Stop stop(Lineage.Stop stop) {
        LineageLink through = stop.through();
        RunStep step = runs.step(through.run(), through.step(), through.item());
        Run run = runs.run(step.run());
        Definition.Step defined = definitions.get(run.spec().definition()).step(step.name());
        return new LineageView.Stop(
                stop.depth(),
                step(run, step, defined),
                through.name(),
                through.artifact(),
                stop.others().stream().map(link -> artifact(link, defined)).toList());
    }

    private LineageView.Artifact artifact(LineageLink link, Definition.Step defined) {
        boolean read = link.role() == LineageLink.Role.INPUT;
        Optional<String> source = read && defined.inputs().get(link.name()) instanceof Definition.FromData(String name)
                ? Optional.of(name)
                : Optional.empty();
        return new LineageView.Artifact(link.name(), link.artifact(), source, known.registered(link.artifact()));
    }

    private LineageView.Step step(Run run, RunStep step, Definition.Step defined) {
        Optional<ItemCount> items = Optional.of(step)
                .filter(it -> defined.isFannedOut() && it.item().isEmpty() && it.state() != StepState.CACHED)
                .map(it -> runs.itemCount(it.run(), it.name()));
        return new LineageView.Step(
                step.run(),
                step.name(),
                step.item(),
                items.map(ItemCount::all),
                step.state(),
                step.cachedFrom(),
                defined.parameters(),
                step.keyParts().map(parts -> parts.path("code").asString()),
                run.spec().packageDigest(),
                run.spec().definition(),
                known.source(run),
                run.spec().asOf(),
                runs.attempt(step)
                        .map(attempt -> new LineageView.Machine(
                                attempt.executor(), attempt.host(), attempt.jdk(), attempt.system())),
                step.startedAt().or(() -> items.flatMap(ItemCount::begun)),
                step.endedAt());
    }
}
