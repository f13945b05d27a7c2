package dev.pawl.ci;

import dev.pawl.definition.Definition.JavaMethod;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.definition.Definition.Step;
import dev.pawl.executor.Ending;
import dev.pawl.pipeline.StepTrials.Result;
import dev.pawl.sdk.HostileKind;
import dev.pawl.sdk.HostileRules;
import dev.pawl.sdk.MissingValues;
import dev.pawl.store.Artifacts;
import java.util.List;
import java.util.Optional;

/**
 * Whether a step bore a hostile table well: all that it gave is finite and there, or it refused the table on purpose. A Java step refuses
 * by an exception other than those that happen by accident; a command by exit code {@value #REFUSED} (EX_DATAERR of sysexits.h).
 */
record HostileJudge(Step step, Artifacts artifacts) {
    static final int REFUSED = 65;

    Bearing bearing(HostileKind kind, Result result, MissingValues before) {
        return switch (result) {
            case Result.Failed(Ending ending) -> ended(kind, ending);
            case Result.BrokeContract(String error) -> brokeContract(kind, error);
            case Result.Gave gave -> gave(kind, gave, before);
        };
    }

    /** A step that passes on no rows need not say so itself as well. */
    private static Bearing brokeContract(HostileKind kind, String error) {
        return HostileRules.isRefusal(kind, List.of()) ? new Bearing.Refused(error) : failed(error);
    }

    private Bearing ended(HostileKind kind, Ending ending) {
        if (ending.timedOut()) {
            return failed(Told.brief(ending));
        }
        return switch (step.command()) {
            case JavaMethod _ -> threw(kind, ending);
            case Shell _ ->
                ending.exit() == REFUSED
                        ? new Bearing.Refused(lastLine(ending))
                        : failed(Told.brief(ending)
                                + "\nA command that refuses its input says why and ends with exit code " + REFUSED);
        };
    }

    /** Without an exception it is the SDK that found the contract broken, or the JVM that ended. */
    private static Bearing threw(HostileKind kind, Ending ending) {
        return HostileRules.isRefusal(kind, ending.exceptions())
                ? new Bearing.Refused(Told.brief(ending).lines().findFirst().orElse(""))
                : failed(Told.brief(ending));
    }

    private static String lastLine(Ending ending) {
        return ending.tail()
                .lines()
                .filter(line -> !line.isBlank())
                .reduce((_, last) -> last)
                .orElse("");
    }

    private Bearing gave(HostileKind kind, Result.Gave gave, MissingValues before) {
        MissingValues after = GivenTables.missing(step, gave, artifacts);
        Optional<String> wrong = HostileRules.wrong(kind, before, after).or(() -> weights(gave));
        return wrong.<Bearing>map(HostileJudge::failed).orElseGet(Bearing.Gave::new);
    }

    private Optional<String> weights(Result.Gave gave) {
        return step.outputs().entrySet().stream()
                .filter(output -> output.getValue().type() == OutputType.MODEL
                        && !output.getValue().list())
                .flatMap(output -> Optional.ofNullable(gave.outputs().get(output.getKey()))
                        .flatMap(model -> HostileRules.wrongModel(output.getKey(), artifacts.bytes(model)))
                        .stream())
                .findFirst();
    }

    private static Bearing failed(String why) {
        return new Bearing.Failed(why, Optional.empty());
    }
}
