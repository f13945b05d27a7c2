package dev.pawl.ci;

import dev.pawl.definition.CiPlan.DifferenceCheck;
import dev.pawl.definition.CiPlan.IntegrationCheck;
import dev.pawl.definition.CiPlan.Seeds;
import dev.pawl.definition.DeclaredParameters;
import dev.pawl.definition.Definition;
import dev.pawl.pipeline.Definitions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which runs show how much the metrics of a pipeline differ by chance: one for each seed, on the sample of the integration run.
 *
 * @param declared what the pipeline class says of parameters
 */
record DifferencePlan(Definition whole, DeclaredParameters declared, DifferenceCheck check, Definitions definitions) {
    List<PlannedRun> runs() {
        return check.seeds().stream()
                .flatMap(seeds -> IntStream.rangeClosed(1, seeds.count()).mapToObj(seed -> planned(seeds, seed)))
                .toList();
    }

    private PlannedRun planned(Seeds seeds, int seed) {
        IntegrationCheck integration = whole.ci().integration().orElseThrow();
        Definition seeded = whole.withParameters(Map.of(seeds.parameter(), seed), declared);
        return new PlannedRun(
                CiCheck.DIFFERENCE,
                "seed " + seed,
                definitions.keep(seeded),
                integration.sample(),
                integration.within());
    }
}
