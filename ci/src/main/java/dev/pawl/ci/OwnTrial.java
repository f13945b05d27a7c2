package dev.pawl.ci;

import dev.pawl.definition.CiPlan.OwnCheck;
import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.Output;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Step;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.MetricPoint;
import dev.pawl.pipeline.RunStep;
import dev.pawl.store.Artifacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a project's own check of what its integration run gave, in a clean checkout: nothing is left of the one in which it was built.
 *
 * @param folder of the attempt
 */
record OwnTrial(Workshop shop, Trials trials, Definition definition, CiRun run, Path folder) {

    Finding examine(OwnCheck check) throws InterruptedException {
        try {
            Path source = folder.resolve("source");
            shop.source().checkOut(run.project(), run.commit(), source);
            var commands = new BuildCommands(shop, run.id(), folder);
            var command = new OwnCommand(shop, commands, run, check, folder);
            Path packaged = layPackage(command.place().resolve("package"));
            Path steps = command.place().resolve("steps");
            RunId integration = run.run().orElseThrow();
            return command.examine(
                    source,
                    definition.ci().commands(),
                    Map.of("package", packaged.toString(), "run", integration, "steps", steps(integration, steps)),
                    Map.of("PAWL_PACKAGE", packaged.toString(), "PAWL_STEPS", steps.toString()));
        } finally {
            Folders.delete(folder);
        }
    }

    private Path layPackage(Path place) {
        trials.store().artifacts().writeFolderTo(run.packageDigest().orElseThrow(), place);
        Folders.files(place).forEach(file -> file.toFile().setReadOnly());
        return place;
    }

    private SortedMap<String, Object> steps(RunId integration, Path place) {
        SortedMap<String, Object> told = new TreeMap<>();
        List<MetricPoint> metrics = trials.runs().metrics(integration);
        for (RunStep step : trials.runs().steps(integration)) {
            told.put(
                    step.name().value(),
                    Map.of(
                            "state",
                            step.state().name().toLowerCase(Locale.ROOT),
                            "outputs",
                            outputs(step, place.resolve(step.name().value())),
                            "metrics",
                            metrics(step, metrics)));
        }
        return told;
    }

    private SortedMap<String, String> outputs(RunStep row, Path place) {
        Step step = definition.step(row.name());
        SortedMap<String, String> paths = new TreeMap<>();
        row.outputs()
                .forEach((name, digest) -> paths.put(
                        name, write(step, name, digest, Folders.make(place)).toString()));
        return paths;
    }

    private Path write(Step step, String name, Digest digest, Path place) {
        Artifacts artifacts = trials.store().artifacts();
        Output declared = step.outputs().get(name);
        OutputType type = declared == null || step.givesList(name) ? OutputType.FOLDER : declared.type();
        Path path = place.resolve(name + type.ending());
        switch (type) {
            case FOLDER -> artifacts.writeFolderTo(digest, path);
            case TABLE, MODEL, REPORT, RECORD, VALUE, FILE -> artifacts.writeTo(digest, path);
        }
        return path;
    }

    private static SortedMap<String, Double> metrics(RunStep step, List<MetricPoint> all) {
        SortedMap<String, Double> last = new TreeMap<>();
        MetricPoint.last(all.stream()
                        .filter(point -> point.step().equals(step.name()))
                        .toList())
                .forEach((name, value) ->
                        last.put(name.substring(step.name().value().length() + 1), value));
        return last;
    }
}
