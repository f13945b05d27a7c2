package dev.pawl.app;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.DataSource;
import dev.pawl.definition.Definition.FromData;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.CsvReader;
import dev.pawl.pipeline.Places;
import dev.pawl.pipeline.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What a pipeline needs of this machine beside its code. A run would find out late that it is missing. */
record Provisions(Secrets secrets, Path project, Places places) {
    /**
     * Whether a step with a condition will run, nobody knows yet: it is not asked for.
     *
     * @param without steps that will not run
     * @throws PawlException naming the first step whose pool is not there, whose secret is not set, or whose data cannot be read
     */
    void require(Definition definition, Set<StepName> without) {
        requirePools(definition, without, places);
        for (Definition.Step step : definition.steps()) {
            if (without.contains(step.name()) || step.rules().when().isPresent()) {
                continue;
            }
            step.rules()
                    .secrets()
                    .values()
                    .forEach(name -> needed(step, () -> secrets.require(definition.project(), name)));
            step.inputs().values().forEach(input -> {
                if (input instanceof FromData(String source)) {
                    Optional.ofNullable(definition.data().get(source))
                            .ifPresent(data -> needed(step, () -> read(source, data)));
                }
            });
        }
    }

    /**
     * As {@link #require}, for a run whose data and secrets were there before.
     *
     * @throws PawlException naming the first step whose pool is not there
     */
    static void requirePools(Definition definition, Set<StepName> without, Places places) {
        for (Definition.Step step : definition.steps()) {
            String pool = step.rules().pool();
            if (!without.contains(step.name())
                    && step.rules().when().isEmpty()
                    && !places.byPool().containsKey(pool)) {
                needed(step, () -> {
                    throw PawlException.user(
                            "no-pool",
                            "it wants a place in the pool '%s', and there is none: say --pool %s=N, or correct 'pool' in"
                                            .formatted(pool, pool)
                                    + " pawl.yaml");
                });
            }
        }
    }

    private static void needed(Definition.Step step, Runnable check) {
        try {
            check.run();
        } catch (PawlException e) {
            throw PawlException.user("not-provided", "Step '%s' cannot run: %s".formatted(step.name(), e.text()));
        }
    }

    /** Its header, with the column that it must have. */
    private void read(String name, DataSource data) {
        Path file = project.resolve(data.path());
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            String wrong = Files.exists(file) ? "cannot be read" : "is not there";
            throw PawlException.user("no-data", "the file %s of its data '%s' %s".formatted(file, name, wrong));
        }
        try (CsvReader csv = CsvReader.open(file, data.path())) {
            data.time().ifPresent(csv::column);
        }
    }
}
