package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.kernel.Count;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.StepMachine.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The steps of a live run and what waits for what, counted so that no event has to look at all of them. */
final class RunGraph {
    private final Map<StepName, Node> steps = new LinkedHashMap<>();
    private final Set<Node> fannedOutAndDone = new LinkedHashSet<>();
    private int open;
    private int openFinal;

    RunGraph(RunId run, List<Definition.Step> all) {
        for (Definition.Step step : all) {
            steps.put(step.name(), Node.of(run, step, steps.size()));
        }
        for (Node node : steps.values()) {
            for (Node before : readFrom(node)) {
                before.next.add(node);
                node.waitingFor++;
            }
            count(node, 1);
        }
    }

    Collection<Node> steps() {
        return steps.values();
    }

    /** The steps and all items. */
    Stream<Node> all() {
        return steps.values().stream().flatMap(node -> Stream.concat(Stream.of(node), node.items.stream()));
    }

    Optional<Node> find(StepKey key) {
        Optional<Node> step = Optional.ofNullable(steps.get(key.step()));
        return key.isItem()
                ? step.filter(node -> key.item() < node.items.size()).map(node -> node.items.get(key.item()))
                : step;
    }

    /** The step or item whose attempt it is, if it is the one under way. */
    Optional<Node> current(AttemptKey key) {
        return find(key.step())
                .filter(node -> node.state instanceof State.Trying
                        && node.attemptKey(key.generation()).equals(key));
    }

    /** How many steps are not over, without those that always run at the end. */
    int open() {
        return open;
    }

    int openFinal() {
        return openFinal;
    }

    void fanOut(Node node, List<SortedMap<String, Digest>> items) {
        List<Node> nodes = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            nodes.add(node.item(i, items.get(i)));
        }
        node.items = nodes;
        node.openItems = nodes.size();
    }

    /** What a step whose items are over has read as a whole: the lists that its items took from, and what each of them read. */
    SortedMap<String, Digest> read(Node fannedOut) {
        SortedMap<String, Digest> read =
                fannedOut.items.isEmpty() ? new TreeMap<>() : new TreeMap<>(fannedOut.items.getFirst().inputs);
        fannedOut.step.inputs().forEach((name, input) -> {
            if (input instanceof FromStep from && from.each()) {
                Optional.ofNullable(steps.get(from.step()))
                        .map(before -> before.outputs.get(from.output()))
                        .ifPresent(list -> read.put(name, list));
            }
        });
        return read;
    }

    void move(Node node, State next) {
        boolean ends = next.isOver() && !node.state.isOver();
        node.state = next;
        if (!ends) {
            return;
        }
        if (node.parent.isPresent()) {
            itemOver(node.parent.get());
        } else {
            count(node, -1);
        }
    }

    /** A step that is over from the start, because an earlier run did it. */
    void overFromTheStart(Node node, State state) {
        move(node, state);
        node.next.forEach(next -> next.waitingFor--);
    }

    /** Steps of which the last item has just ended; each is given once. */
    List<Node> fannedOutAndDone() {
        List<Node> done = List.copyOf(fannedOutAndDone);
        fannedOutAndDone.clear();
        return done;
    }

    /** The outputs of the steps, by {@code step} where it has one, else by {@code step.output}. */
    SortedMap<String, Digest> outputs() {
        SortedMap<String, Digest> outputs = new TreeMap<>();
        for (Node node : steps.values()) {
            boolean only = node.outputs.size() == 1;
            node.outputs.forEach((name, digest) ->
                    outputs.put(only ? node.key.step().value() : node.key.step() + "." + name, digest));
        }
        return outputs;
    }

    /** The outputs of the steps that one reads from. */
    SortedMap<StepName, SortedMap<String, Digest>> outputsBefore(Node node) {
        SortedMap<StepName, SortedMap<String, Digest>> before = new TreeMap<>(Comparator.comparing(StepName::value));
        readFrom(node).forEach(step -> before.put(step.key.step(), step.outputs));
        return before;
    }

    /** How it went, for people, when all went well. */
    String summary() {
        long cached = countWhere(Node::isFromCache);
        long skipped = countWhere(node -> node.state instanceof State.Skipped);
        long all = countWhere(node -> !node.isFinal());
        return Count.of(all - skipped, "step") + " succeeded"
                + (cached == 0 ? "" : ", %d from the cache".formatted(cached))
                + (skipped == 0 ? "" : ", %d skipped".formatted(skipped));
    }

    private long countWhere(Predicate<Node> condition) {
        return steps.values().stream().filter(condition).count();
    }

    /** Puts the rows of a run in place. */
    void restore(List<StepRow> rows) {
        for (StepRow row : rows.stream().filter(row -> !row.key().isItem()).toList()) {
            find(row.key()).ifPresent(node -> restore(node, row));
        }
        rows.stream()
                .filter(row -> row.key().isItem())
                .collect(Collectors.groupingBy(row -> row.key().step(), LinkedHashMap::new, Collectors.toList()))
                .forEach(this::restoreItems);
        for (Node node : steps.values()) {
            node.waitingFor = (int) readFrom(node).stream()
                    .filter(before -> !isEnough(before, node))
                    .count();
        }
    }

    private void restoreItems(StepName name, List<StepRow> rows) {
        Optional.ofNullable(steps.get(name)).ifPresent(node -> {
            fanOut(node, rows.stream().map(StepRow::inputs).toList());
            for (int i = 0; i < rows.size(); i++) {
                restore(node.items.get(i), rows.get(i));
            }
        });
    }

    private void restore(Node node, StepRow row) {
        node.attempt = row.attemptState();
        node.inputs = row.inputs();
        node.outputs = row.outputs();
        node.startedAt = row.startedAt();
        node.endedAt = row.endedAt();
        move(node, row.stepState());
    }

    private static boolean isEnough(Node before, Node node) {
        return before.state.isDone() || (before.state instanceof State.Skipped && !node.needs(before));
    }

    private void itemOver(Node parent) {
        parent.openItems--;
        if (parent.openItems == 0) {
            fannedOutAndDone.add(parent);
        }
    }

    private void count(Node node, int change) {
        if (node.isFinal()) {
            openFinal += change;
        } else {
            open += change;
        }
    }

    private Set<Node> readFrom(Node node) {
        return Definition.stepInputs(node.step.inputs()).stream()
                .map(input -> steps.get(input.step()))
                .filter(before -> before != null)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
