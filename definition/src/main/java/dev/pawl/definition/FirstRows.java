package dev.pawl.definition;

import dev.pawl.definition.Definition.FromData;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.Input;
import dev.pawl.definition.Definition.Output;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.definition.Definition.Step;
import dev.pawl.definition.Definition.StepRules;
import dev.pawl.kernel.StepName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lets a step read only the first rows of its tables: a step before it takes them. Rows are lines here. */
public final class FirstRows {
    private static final String ROWS = "rows";

    private final Definition definition;
    private final int rows;
    private final List<Step> steps = new ArrayList<>();

    private FirstRows(Definition definition, int rows) {
        this.definition = definition;
        this.rows = rows;
    }

    /** @return the definition with such steps before the one that is named */
    public static Definition of(Definition definition, StepName step, int rows) {
        return new FirstRows(definition, rows).before(step);
    }

    private Definition before(StepName name) {
        for (Step step : definition.steps()) {
            steps.add(step.name().equals(name) ? reading(step) : step);
        }
        return OtherSteps.in(definition, List.copyOf(steps));
    }

    private Step reading(Step step) {
        SortedMap<String, Input> inputs = new TreeMap<>(step.inputs());
        inputs.replaceAll((_, input) -> isTable(input) ? first(input) : input);
        return new Step(step.name(), step.command(), inputs, step.parameters(), step.outputs(), step.rules());
    }

    private Input first(Input table) {
        StepName name = unused();
        String run = "head -n " + (rows + 1) + " \"$PAWL_INPUTS/rows.csv\" > \"$PAWL_OUTPUTS/rows.csv\"";
        boolean optional = table instanceof FromStep from && from.optional();
        Input there =
                table instanceof FromStep from ? new FromStep(from.step(), from.output(), from.each(), false) : table;
        steps.add(new Step(
                name,
                new Shell(run, List.of(), new TreeMap<>(), Optional.empty(), Optional.empty()),
                new TreeMap<>(Map.of(ROWS, there)),
                new TreeMap<>(),
                new TreeMap<>(Map.of(ROWS, Output.one(OutputType.TABLE))),
                StepRules.usual()));
        return new FromStep(name, ROWS, false, optional);
    }

    private StepName unused() {
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> new StepName("first-rows-" + number))
                .filter(name -> Stream.concat(definition.steps().stream(), steps.stream())
                        .noneMatch(step -> step.name().equals(name)))
                .findFirst()
                .orElseThrow();
    }

    private boolean isTable(Input input) {
        return switch (input) {
            case FromData _ -> true;
            case FromStep from -> {
                Step giver = definition.step(from.step());
                Output output = giver.outputs().get(from.output());
                yield output != null && output.type() == OutputType.TABLE && !giver.givesList(from.output());
            }
        };
    }
}
