package dev.pawl.definition;

import dev.pawl.definition.CiPlan.ColumnPlan;
import dev.pawl.definition.CiPlan.ColumnType;
import dev.pawl.definition.CiPlan.ContractCheck;
import dev.pawl.definition.Definition.OutputType;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code ci.checks.contract}: what is asked of steps beyond what they declare.
 *
 * @param written as it stands in pawl.yaml
 */
record ContractSection(ContractCheck plan, YamlMap written) {
    private static final String NOT_REPEATABLE = "not-repeatable";

    private static final YamlFormat<ColumnPlan> COLUMN = YamlFormat.matching(
            "number, text, date or truth, with a ? behind it where cells may be empty",
            "(number|text|date|truth)(\\??)",
            new ColumnPlan(ColumnType.TEXT, true),
            match -> new ColumnPlan(
                    ColumnType.valueOf(match.group(1).toUpperCase(Locale.ROOT)),
                    !match.group(2).isEmpty()));

    static ContractSection read(YamlMap check) {
        SortedMap<String, SortedMap<String, ColumnPlan>> tables = new TreeMap<>();
        check.map("tables")
                .ifPresent(named -> named.maps()
                        .forEach((table, columns) -> tables.put(table, new TreeMap<>(columns.scalars(COLUMN)))));
        return new ContractSection(new ContractCheck(check.list(NOT_REPEATABLE, YamlFormat.STEP), tables), check);
    }

    void check(LinkedSteps steps, Problems problems) {
        plan.notRepeatable().forEach(name -> steps.find(name, written.placeOf(NOT_REPEATABLE), problems));
        written.map("tables")
                .ifPresent(tables -> plan.tables()
                        .keySet()
                        .forEach(table -> checkTable(table, tables.placeOf(table), steps, problems)));
    }

    private static void checkTable(String table, YamlPlace place, LinkedSteps steps, Problems problems) {
        Optional<LinkedStep> giver = steps.find(table.split("\\.", 2)[0], place, problems);
        giver.map(LinkedStep::step).ifPresent(step -> {
            var declared = step.outputs().get(ContractCheck.output(table, step));
            boolean isTable = declared != null && declared.type() == OutputType.TABLE && !declared.list();
            if (!isTable && !problems.toldOfSteps()) {
                problems.addUnlessTold(
                        place, "step '" + step.name() + "' gives no table of that name; name one by STEP.OUTPUT");
            }
        });
    }
}
