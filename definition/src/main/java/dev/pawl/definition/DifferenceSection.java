package dev.pawl.definition;

import dev.pawl.definition.CiPlan.DifferenceCheck;
import dev.pawl.definition.CiPlan.Limit;
import dev.pawl.definition.CiPlan.Seeds;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code ci.checks.difference}: what is other than on another branch.
 *
 * @param written as it stands in pawl.yaml
 */
record DifferenceSection(DifferenceCheck plan, YamlMap written) {
    private static final String MAIN = "main";
    private static final int FEWEST_SEEDS = 2;
    private static final int MOST_SEEDS = 20;

    private static final YamlFormat<String> PARAMETER = YamlFormat.text(
            "a parameter of a step, as STEP.PARAMETER",
            "stand.in",
            YamlFormat.matches(YamlFormat.NAME + "\\.[A-Za-z_][A-Za-z0-9_]*"));

    static DifferenceSection read(YamlMap check) {
        var plan = new DifferenceCheck(
                check.optional("against", YamlFormat.TEXT, MAIN),
                check.map("seeds").map(DifferenceSection::seeds),
                check.map("limits").map(DifferenceSection::limits).orElseGet(TreeMap::new));
        return new DifferenceSection(plan, check);
    }

    private static Seeds seeds(YamlMap seeds) {
        return new Seeds(
                seeds.required("parameter", PARAMETER),
                seeds.optional("count", YamlFormat.whole(FEWEST_SEEDS, MOST_SEEDS), 3));
    }

    private static SortedMap<String, Limit> limits(YamlMap limits) {
        SortedMap<String, Limit> read = new TreeMap<>();
        limits.maps().forEach((metric, limit) -> {
            read.put(
                    metric,
                    new Limit(
                            limit.optional("rise", YamlFormat.POSITIVE_NUMBER),
                            limit.optional("fall", YamlFormat.POSITIVE_NUMBER)));
            if (!limit.has("rise") && !limit.has("fall")) {
                limit.problems().addUnlessTold(limits.placeOf(metric), "must say how far it may 'rise' or 'fall'");
            }
        });
        return read;
    }

    /** Checks what can be known only with the steps. */
    void check(LinkedSteps steps, Problems problems) {
        written.map("seeds").ifPresent(seeds -> {
            String[] parts = plan.seeds().orElseThrow().parameter().split("\\.", 2);
            steps.find(parts[0], seeds.placeOf("parameter"), problems)
                    .map(LinkedStep::step)
                    .filter(step -> !step.parameters().containsKey(parts[1]))
                    .ifPresent(step -> problems.addUnlessTold(
                            seeds.placeOf("parameter"),
                            "step '" + step.name() + "' has no parameter '" + parts[1] + "'"
                                    + ProblemHint.of(parts[1], step.parameters().keySet())));
        });
        written.map("limits")
                .ifPresent(limits -> plan.limits()
                        .keySet()
                        .forEach(metric -> steps.find(metric.split("\\.", 2)[0], limits.placeOf(metric), problems)));
    }
}
