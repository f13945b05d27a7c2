package dev.pawl.definition;

import dev.pawl.definition.Draft.CallDraft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;

/** Finds pipelines that stand within themselves. */
final class NestedRings {
    private final Map<String, NestedPipeline> nested;
    private final Problems problems;
    private final SequencedSet<String> underWay = new LinkedHashSet<>();
    private final Set<String> done = new HashSet<>();
    private boolean found;

    private NestedRings(Map<String, NestedPipeline> nested, Problems problems) {
        this.nested = nested;
        this.problems = problems;
    }

    /** @throws dev.pawl.kernel.PawlException with all problems if there is one: then there is nothing to be put in its place */
    static void refuse(Map<String, NestedPipeline> nested, Problems problems) {
        var rings = new NestedRings(nested, problems);
        nested.forEach(rings::visit);
        if (rings.found) {
            throw problems.exception();
        }
    }

    private void visit(String name, NestedPipeline pipeline) {
        if (!done.contains(name) && underWay.add(name)) {
            calls(pipeline).forEach(call -> follow(call.pipeline()));
            underWay.remove(name);
            done.add(name);
        }
    }

    private void follow(Placed<String> call) {
        var pipeline = nested.get(call.value());
        if (underWay.contains(call.value())) {
            found = true;
            problems.add(call.place(), "stands within itself: " + String.join(" -> ", ring(call.value())));
        } else if (pipeline != null) {
            visit(call.value(), pipeline);
        }
    }

    private List<String> ring(String start) {
        var ring = new ArrayList<>(
                underWay.stream().dropWhile(name -> !name.equals(start)).toList());
        ring.add(start);
        return ring;
    }

    private static List<CallDraft> calls(NestedPipeline pipeline) {
        return pipeline.drafts().stream()
                .filter(CallDraft.class::isInstance)
                .map(CallDraft.class::cast)
                .toList();
    }
}
