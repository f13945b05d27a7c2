package dev.pawl.ci;

import dev.pawl.definition.Definition.JavaMethod;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.definition.Definition.Step;
import dev.pawl.executor.Ending;
import dev.pawl.pipeline.StepTrials.Result;
import dev.pawl.sdk.HostileKind;
import dev.pawl.store.Artifacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a step bore a hostile table well: all that it gave is finite and there, or it refused the table on purpose. A Java step refuses
 * by an exception other than those that happen by accident; a command by exit code {@value #REFUSED} (EX_DATAERR of sysexits.h).
 */
record HostileJudge(Step step, Artifacts artifacts) {
    static final int REFUSED = 65;

    private static final Set<String> ACCIDENTS = Set.of(
            "java.lang.Error",
            "java.lang.NullPointerException",
            "java.lang.IndexOutOfBoundsException",
            "java.lang.NegativeArraySizeException",
            "java.lang.ArrayStoreException",
            "java.lang.ArithmeticException",
            "java.lang.ClassCastException",
            "java.util.ConcurrentModificationException");

    Bearing bearing(HostileKind kind, Result result, MissingValues before) {
        return switch (result) {
            case Result.Failed(Ending ending) -> ended(ending);
            case Result.BrokeContract(String error) ->
                kind == HostileKind.EMPTY_TABLE
                        ? new Bearing.Refused(error) // a step that passes on no rows need not say so as well
                        : failed(error);
            case Result.Gave gave -> gave(kind, gave, before);
        };
    }

    private Bearing ended(Ending ending) {
        boolean onPurpose = !ending.timedOut()
                && switch (step.command()) {
                    case JavaMethod _ ->
                        !ending.exceptions().isEmpty()
                                && ending.exceptions().stream().noneMatch(ACCIDENTS::contains);
                    case Shell _ -> ending.exit() == REFUSED;
                };
        return onPurpose ? new Bearing.Refused(lastLine(ending)) : failed(Told.ending(ending) + hint(ending));
    }

    private String hint(Ending ending) {
        return switch (step.command()) {
            case JavaMethod _ -> "";
            case Shell _ ->
                ending.timedOut()
                        ? ""
                        : "\nA command that refuses its input says why and ends with exit code " + REFUSED;
        };
    }

    private String lastLine(Ending ending) {
        List<String> lines =
                ending.tail().lines().filter(line -> !line.isBlank()).toList();
        return switch (step.command()) {
            case JavaMethod _ ->
                lines.stream()
                        .filter(line -> line.startsWith(ending.exceptions().getFirst()))
                        .reduce((_, last) -> last)
                        .orElse(ending.exceptions().getFirst());
            case Shell _ -> lines.isEmpty() ? "" : lines.getLast();
        };
    }

    private Bearing gave(HostileKind kind, Result.Gave gave, MissingValues before) {
        MissingValues after = MissingValues.of(step, gave, artifacts);
        Optional<String> wrong = after.infinite()
                .or(() -> kind.mayLoseValues() ? Optional.empty() : after.moreThan(before))
                .or(() -> weights(gave));
        return wrong.<Bearing>map(HostileJudge::failed).orElseGet(Bearing.Gave::new);
    }

    private Optional<String> weights(Result.Gave gave) {
        return step.outputs().entrySet().stream()
                .filter(output -> output.getValue().type() == OutputType.MODEL
                        && !output.getValue().list())
                .flatMap(output -> Optional.ofNullable(gave.outputs().get(output.getKey()))
                        .flatMap(model -> OnnxWeights.notFinite(artifacts.bytes(model)))
                        .map(weight -> "the model '%s' has a weight that is no finite number, in %s"
                                .formatted(output.getKey(), weight))
                        .stream())
                .findFirst();
    }

    private static Bearing failed(String why) {
        return new Bearing.Failed(why, Optional.empty());
    }
}
