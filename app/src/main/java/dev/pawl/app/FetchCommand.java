package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.RunStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl fetch}. */
@Command(
        name = "fetch",
        description = "Copies what a step gave out of Pawl, to a file or a folder of yours.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl fetch run-0mhx3k2abq7f2k9xz train                     its only output, into this folder",
            "  pawl fetch run-0mhx3k2abq7f2k9xz train model --to best.onnx",
            "  pawl fetch run-0mhx3k2abq7f2k9xz train model --server http://127.0.0.1:7295"
        })
final class FetchCommand implements Callable<Integer> {
    @Mixin
    private Where where = new Where();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(index = "0", paramLabel = "RUN", description = Where.RUN)
    private String run = "";

    @Parameters(index = "1", paramLabel = "STEP", description = "The step's name.")
    private String step = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "OUTPUT", description = "Which one (default: the only one).")
    private @Nullable String output;

    @Option(names = "--item", paramLabel = "N", description = "Of this item of a step that is fanned out, from 0 on.")
    private @Nullable Integer item;

    @Option(
            names = "--to",
            paramLabel = "PATH",
            description = "A new file or folder, or a folder to put it in (default: this folder).")
    private Path target = Path.of("");

    @Override
    public Integer call() {
        Path made = where.isServer() ? fromServer() : fromWorkingCopy();
        if (printed.asJson()) {
            printed.json(Map.of("fetched", made.toString()));
        } else {
            printed.row("fetched", made);
        }
        return 0;
    }

    private Path fromServer() {
        try (Client client = where.client()) {
            var outputs = client.get(path("/outputs")).path("outputs");
            OutputView[] given = Json.read(outputs.toString(), OutputView[].class);
            return new Fetch(client::copyArtifact).to(target, chosen(List.of(given), () -> stepOf(client)));
        }
    }

    private RunStep stepOf(Client client) {
        return Json.read(client.get(path("")).toString(), RunStep.class);
    }

    private String path(String what) {
        return "api/runs/%s/steps/%s%s%s"
                .formatted(Client.encode(run), Client.encode(step), what, item == null ? "" : "?item=" + item);
    }

    private Path fromWorkingCopy() {
        try (Notebook notebook = Notebook.open(where.project())) {
            var found = notebook.run(run);
            var given = notebook.runs().step(found.spec().id(), new StepName(step), Optional.ofNullable(item));
            var outputs = OutputView.of(given, notebook.definition(found).step(given.name()));
            return new Fetch(notebook.store().artifacts()::copyTo).to(target, chosen(outputs, () -> given));
        }
    }

    private OutputView chosen(List<OutputView> outputs, Supplier<RunStep> of) {
        List<OutputView> fitting = outputs.stream()
                .filter(it -> output == null || it.name().equals(output))
                .toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        List<String> names = outputs.stream().map(OutputView::name).toList();
        throw PawlException.notFound(
                "no-output",
                names.isEmpty()
                        ? "Step '%s' of run %s %s".formatted(step, run, nothing(of.get()))
                        : output == null
                                ? "Say which output of step '%s': it gave %s".formatted(step, names)
                                : "Step '%s' gave no '%s', but %s".formatted(step, output, names));
    }

    private static String nothing(RunStep given) {
        return switch (given.state()) {
            case WAITING, READY, RUNNING, PAUSING -> "gave nothing yet: it is " + given.state();
            case SKIPPED ->
                "was skipped, so it gave nothing"
                        + given.error().map(why -> ": " + why).orElse("");
            case SUCCEEDED, CACHED -> "has no output";
            case FAILED, CANCELLED -> "gave nothing: it is " + given.state();
        };
    }
}
