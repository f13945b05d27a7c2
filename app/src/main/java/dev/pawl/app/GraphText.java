package dev.pawl.app;

import dev.pawl.app.PipelineGraph.Vertex;
import dev.pawl.definition.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A pipeline as a tree in text; what a step reads beside what it stands below is named. */
final class GraphText {
    private GraphText() {}

    static List<String> lines(PipelineGraph graph, Definition definition, Terminal.Style style) {
        Map<String, Vertex> vertices =
                graph.vertices().stream().collect(Collectors.toMap(Vertex::name, Function.identity()));
        List<StepTree.Branch> branches = StepTree.of(definition, style.unicode());
        int widest = branches.stream()
                .mapToInt(branch -> (branch.prefix() + branch.step()).length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>(List.of(graph.title()));
        for (StepTree.Branch branch : branches) {
            Vertex vertex =
                    Optional.ofNullable(vertices.get(branch.step().value())).orElseThrow();
            String name = branch.prefix() + branch.step();
            PaintedLine line = new PaintedLine();
            vertex.state()
                    .ifPresent(state -> line.add(
                            (style.unicode()
                                            ? state.marks().mark()
                                            : state.marks().plain()) + " ",
                            state.marks().paint()));
            line.add(name + " ".repeat(widest - name.length() + 2)).add(String.join("; ", notes(graph, vertex)));
            lines.add(line.text(Integer.MAX_VALUE, style).stripTrailing());
        }
        return lines;
    }

    private static List<String> notes(PipelineGraph graph, Vertex vertex) {
        List<String> notes = new ArrayList<>();
        vertex.state().ifPresent(state -> notes.add(state.text()));
        if (!vertex.each().isEmpty()) {
            notes.add("for each of " + String.join(", ", vertex.each()));
        }
        vertex.when().ifPresent(when -> notes.add("if " + when));
        if (vertex.always()) {
            notes.add("always, at the end");
        }
        String reads = graph.edges().stream()
                .filter(edge -> edge.to().equals(vertex.name()))
                .map(edge -> edge.from() + (edge.optional() ? "?" : ""))
                .collect(Collectors.joining(", "));
        if (!reads.isEmpty()) {
            notes.add("reads " + reads);
        }
        return notes;
    }
}
