package dev.pawl.definition;

import dev.pawl.definition.Definition.FromData;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.Input;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.StepName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** All steps of a pipeline, in the order of their declaration. */
final class LinkedSteps {
    private final SequencedMap<StepName, LinkedStep> byName = new LinkedHashMap<>();

    private final Set<String> missing;

    /** @param missing how the names begin of those that there may be, if something else were right */
    LinkedSteps(Collection<LinkedStep> steps, Set<String> missing) {
        this.missing = Set.copyOf(missing);
        steps.forEach(linked -> byName.put(linked.step().name(), linked));
    }

    /** Whether something that is not found may be missing only for a reason that is told already. */
    boolean mayHave(String name) {
        return missing.stream().anyMatch(name::startsWith);
    }

    Collection<LinkedStep> all() {
        return byName.values();
    }

    Optional<LinkedStep> find(StepName name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<LinkedStep> find(String name) {
        return all().stream()
                .filter(linked -> linked.step().name().value().equals(name))
                .findFirst();
    }

    /** A step that something names; that there is none is told, unless it may be missing for a reason that is told already. */
    Optional<LinkedStep> find(String name, YamlPlace named, Problems problems) {
        Optional<LinkedStep> found = find(name);
        if (found.isEmpty() && !mayHave(name)) {
            problems.addUnlessTold(named, "there is no step '" + name + "'" + ProblemHint.of(name, names()));
        }
        return found;
    }

    Optional<LinkedStep> find(StepName name, YamlPlace named, Problems problems) {
        return find(name.value(), named, problems);
    }

    /** Whether an input is one table, if only for each element; that of which nothing is known counts: what is wrong is told already. */
    boolean isTable(Input input) {
        return switch (input) {
            case FromData _ -> true;
            case FromStep from ->
                find(from.step()).map(giver -> isTable(giver.step(), from)).orElse(true);
        };
    }

    private static boolean isTable(Step giver, FromStep from) {
        var declared = giver.outputs().get(from.output());
        return declared == null
                || (declared.type() == OutputType.TABLE && (from.each() || !giver.givesList(from.output())));
    }

    /** Whether an input is a table or a list of them, or JSON; that of which nothing is known counts. */
    boolean isData(Input input) {
        return switch (input) {
            case FromData _ -> true;
            case FromStep from ->
                find(from.step()).map(giver -> isData(giver.step(), from)).orElse(true);
        };
    }

    private static boolean isData(Step giver, FromStep from) {
        var declared = giver.outputs().get(from.output());
        return declared == null
                || switch (declared.type()) {
                    case TABLE -> true;
                    case REPORT, RECORD, VALUE -> from.each() || !giver.givesList(from.output());
                    case MODEL, FILE, FOLDER -> false;
                };
    }

    /** Whether nothing is known to be wrong with how this output is declared. */
    boolean isRight(FromStep from, Problems problems) {
        return find(from.step()).stream()
                .map(giver -> giver.draft().place())
                .noneMatch(place -> problems.toldWithin(place.named("output").path())
                        || problems.told(
                                place.named("outputs").named(from.output()).path()));
    }

    List<String> names() {
        return byName.keySet().stream().map(StepName::value).toList();
    }

    /** Each after those it reads from; a step that waits for itself is reported. */
    List<Step> inOrder(Problems problems) {
        var steps = new LinkedHashMap<StepName, Step>();
        byName.forEach((name, linked) -> steps.put(name, linked.step()));
        return new StepOrder(
                        steps,
                        ring -> find(ring.getFirst())
                                .ifPresent(first -> problems.add(
                                        first.draft().place(),
                                        "waits for itself: "
                                                + String.join(
                                                        " -> ",
                                                        ring.stream()
                                                                .map(StepName::value)
                                                                .toList()))))
                .sorted();
    }
}
