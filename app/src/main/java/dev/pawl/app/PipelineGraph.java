package dev.pawl.app;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.FromData;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.Spans;
import dev.pawl.pipeline.StepState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A pipeline as a graph: its sources of data and its steps, and what reads what. Where it is the graph of a run, each step has
 * its state.
 */
record PipelineGraph(String title, List<Vertex> vertices, List<Edge> edges) {
    enum Kind {
        DATA,
        STEP
    }

    /**
     * @param name of the step, or {@code data.SOURCE}
     * @param each the lists for whose elements it runs, if it is fanned out
     * @param when its condition, if it has one
     * @param always whether it runs at the end of the run, however that ended
     * @param state in a run: how it stands and what there is to say of it
     */
    record Vertex(
            String name, Kind kind, List<String> each, Optional<String> when, boolean always, Optional<State> state) {}

    record State(StepState state, String note) {
        Marks marks() {
            return Marks.of(state);
        }

        String text() {
            return marks().word() + (note.isEmpty() ? "" : ": " + note);
        }
    }

    /** @param each whether it is read element by element */
    record Edge(String from, String to, boolean each, boolean optional) {}

    /** Of a run. */
    static PipelineGraph of(Definition definition, RunProgress run, Standing standing) {
        String title = "%s, %s, %s"
                .formatted(definition.project(), run.run().spec().id().brief(), standing.word());
        return of(title, definition, Optional.of(run));
    }

    /** Of a pipeline. */
    static PipelineGraph of(Definition definition) {
        return of(definition.project().value(), definition, Optional.empty());
    }

    private static PipelineGraph of(String title, Definition definition, Optional<RunProgress> run) {
        List<Edge> edges = new ArrayList<>();
        Set<String> sources = new LinkedHashSet<>();
        for (Step step : definition.steps()) {
            Collection<Edge> ofStep = edges(step);
            edges.addAll(ofStep);
            ofStep.stream()
                    .map(Edge::from)
                    .filter(from -> from.startsWith("data."))
                    .forEach(sources::add);
        }
        List<Vertex> vertices = new ArrayList<>();
        sources.forEach(source ->
                vertices.add(new Vertex(source, Kind.DATA, List.of(), Optional.empty(), false, Optional.empty())));
        definition.steps().forEach(step -> vertices.add(vertex(step, run)));
        return new PipelineGraph(title, List.copyOf(vertices), List.copyOf(edges));
    }

    /** One for each thing that is read, however many inputs it is. */
    private static Collection<Edge> edges(Step step) {
        Map<String, Edge> edges = new LinkedHashMap<>();
        String name = step.name().value();
        step.inputs().values().forEach(input -> {
            Edge edge = switch (input) {
                case FromData(String source) -> new Edge("data." + source, name, false, false);
                case FromStep from -> new Edge(from.step().value(), name, from.each(), from.optional());
            };
            edges.merge(
                    edge.from(),
                    edge,
                    (a, b) -> new Edge(a.from(), name, a.each() || b.each(), a.optional() && b.optional()));
        });
        return edges.values();
    }

    private static Vertex vertex(Step step, Optional<RunProgress> run) {
        List<String> each = Definition.stepInputs(step.inputs()).stream()
                .filter(FromStep::each)
                .map(from -> from.step() + "." + from.output())
                .toList();
        return new Vertex(
                step.name().value(),
                Kind.STEP,
                each,
                step.rules().when(),
                step.rules().always(),
                run.flatMap(progress -> state(step, progress)));
    }

    private static Optional<State> state(Step step, RunProgress run) {
        return run.steps().stream()
                .filter(at -> at.name().equals(step.name()))
                .findFirst()
                .map(at -> {
                    List<String> notes = new ArrayList<>();
                    run.took(at).map(Spans::text).ifPresent(notes::add);
                    notes.addAll(ProgressTree.notes(at, run));
                    return new State(at.state(), String.join(", ", notes));
                });
    }
}
