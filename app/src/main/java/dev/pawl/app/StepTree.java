package dev.pawl.app;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.kernel.StepName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The steps of a pipeline as a tree: each below the last one, in the order of the definition, of those that it reads from. What
 * else it reads from is not drawn; {@code pawl graph} does.
 */
final class StepTree {
    /** @param prefix the branches before the step's name */
    record Branch(StepName step, String prefix) {}

    private final Map<StepName, List<StepName>> below = new LinkedHashMap<>();
    private final List<StepName> roots = new ArrayList<>();
    private final List<Branch> branches = new ArrayList<>();

    private StepTree(boolean unicode) {
        this.last = unicode ? "\u2514\u2500 " : "`- ";
        this.middle = unicode ? "\u251c\u2500 " : "|- ";
        this.beside = unicode ? "\u2502  " : "|  ";
    }

    private final String last;
    private final String middle;
    private final String beside;

    static List<Branch> of(Definition definition, boolean unicode) {
        StepTree tree = new StepTree(unicode);
        List<StepName> order =
                definition.steps().stream().map(Definition.Step::name).toList();
        for (Definition.Step step : definition.steps()) {
            Definition.stepInputs(step.inputs()).stream()
                    .map(FromStep::step)
                    .max((a, b) -> Integer.compare(order.indexOf(a), order.indexOf(b)))
                    .ifPresentOrElse(parent -> tree.below(parent).add(step.name()), () -> tree.roots.add(step.name()));
        }
        tree.roots.forEach(root -> tree.draw(root, "", ""));
        return List.copyOf(tree.branches);
    }

    private List<StepName> below(StepName step) {
        return below.computeIfAbsent(step, _ -> new ArrayList<>());
    }

    private void draw(StepName step, String before, String beforeNext) {
        branches.add(new Branch(step, before));
        List<StepName> next = below(step);
        for (int i = 0; i < next.size(); i++) {
            boolean isLast = i == next.size() - 1;
            draw(next.get(i), beforeNext + (isLast ? last : middle), beforeNext + (isLast ? "   " : beside));
        }
    }
}
