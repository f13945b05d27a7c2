package dev.pawl.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Feeds a step with hostile tables instead of one of its inputs, as Pawl's numeric check does: each must give finite results, or be refused
 * by an exception of purpose (not by a NullPointerException, a division by zero or the like). For use in any test framework, or in none.
 *
 * <pre>{@code
 * NumericCheck.of(StepTest.of(Births.class, "features").input("ingest", Path.of("src/test/days.csv")), "ingest")
 *         .seed(1)
 *         .run();
 * }</pre>
 *
 * Limits of time are Pawl's: here a step may take as long as it likes. Not safe for use by several threads.
 */
public final class NumericCheck {
    private static final int MOST_CSV_TOLD = 500;

    private final StepTest step;
    private final String input;
    private final HostileTrial trial;
    private long seed = 1;
    private Optional<Path> folder = Optional.empty();

    private NumericCheck(StepTest step, String input) {
        this.step = step;
        this.input = input;
        this.trial = new HostileTrial(step, input);
    }

    /**
     * @param step with all that it needs to run
     * @param input the name of the parameter that gets hostile tables
     * @throws IllegalArgumentException when the step has no such input or source
     */
    public static NumericCheck of(StepTest step, String input) {
        step.requireInput(input);
        return new NumericCheck(step, input);
    }

    /** The same seed gives the same tables; by default 1. */
    public NumericCheck seed(long number) {
        seed = number;
        return this;
    }

    /** Where tables that fail are written to; by default the folder of the step, which is gone with the JVM unless the test gave one. */
    public NumericCheck keep(Path place) {
        folder = Optional.of(place);
        return this;
    }

    /**
     * Tries every kind of hostile table, made of the first 1,000 rows of the step's input.
     *
     * @throws AssertionError with all that failed; of the first three the smallest table that still does is written to a file that the
     *     message names
     */
    public void run() {
        String csv = HostileRules.firstRows(read(step.inputFile(input)));
        HostileTable table = HostileTable.of(csv, seed);
        trial.requireBears(csv);
        List<AssertionError> failures = new ArrayList<>();
        for (HostileCase hostile : table.cases()) {
            trial.failure(hostile)
                    .map(failure -> failures.size() < HostileRules.MOST_SHRUNK
                            ? smallest(hostile, failure)
                            : error(hostile, failure, ""))
                    .ifPresent(failures::add);
        }
        if (!failures.isEmpty()) {
            String all = String.join(
                    "\n", failures.stream().map(AssertionError::getMessage).toList());
            throw new AssertionError(all, failures.getFirst().getCause());
        }
    }

    /**
     * Tries one hostile table.
     *
     * @throws AssertionError when it fails, with the smallest table that still does, which is written to a file
     */
    public void require(HostileCase hostile) {
        Optional<HostileTrial.Failure> failure = trial.failure(hostile);
        if (failure.isPresent()) {
            throw smallest(hostile, failure.get());
        }
    }

    private AssertionError smallest(HostileCase failing, HostileTrial.Failure why) {
        HostileCase smallest = SmallestCase.of(
                failing,
                HostileRules.MOST_TO_SHRINK,
                (HostileCase smaller) -> trial.failure(smaller).isPresent());
        HostileTrial.Failure because = trial.failure(smallest).orElse(why);
        Path file = file(smallest);
        smallest.write(file);
        String csv = smallest.csv();
        String told = csv.length() <= MOST_CSV_TOLD ? "\n" + csv.stripTrailing() : "";
        return error(smallest, because, "\nthe table: " + file + told);
    }

    private AssertionError error(HostileCase hostile, HostileTrial.Failure why, String table) {
        return new AssertionError(
                "%s with %s of '%s': %s%s".formatted(step.place(), hostile.words(), input, why.words(), table),
                why.thrown().orElse(null));
    }

    private Path file(HostileCase hostile) {
        return TestFolders.make(folder.orElseGet(() -> step.folder().resolve("hostile")))
                .resolve(step.name() + "-" + input + "-" + hostile.kind() + ".csv")
                .toAbsolutePath();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the table " + file + ": " + e, e);
        }
    }
}
