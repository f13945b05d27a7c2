package dev.pawl.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs a step of a test with hostile tables, and judges. */
final class HostileTrial {
    private final StepTest step;
    private final String input;

    /** What the step gives of tables as they were, by their text. */
    private final Map<String, MissingValues> usual = new HashMap<>();

    HostileTrial(StepTest step, String input) {
        this.step = step;
        this.input = input;
    }

    /** Why a table was not borne well. */
    record Failure(String words, Optional<Throwable> thrown) {}

    private record Attempt(TestCall call, StepEnd end) {}

    /** @throws AssertionError when the step fails on a table that is not hostile */
    void requireBears(String csv) {
        Attempt attempt = attempt(csv);
        attempt.end().failure().ifPresent(thrown -> {
            throw new AssertionError(
                    step.place() + " failed on the table of '" + input + "' as it is: " + thrown.getMessage(), thrown);
        });
        usual.put(csv, values(attempt));
    }

    /** Empty when the step bore it well. */
    Optional<Failure> failure(HostileCase hostile) {
        Attempt attempt = attempt(hostile.csv());
        return switch (attempt.end()) {
            case StepEnd.Done() ->
                HostileRules.wrong(hostile.kind(), before(hostile), values(attempt))
                        .or(() -> model(attempt))
                        .map(words -> new Failure(words, Optional.empty()));
            case StepEnd.Threw(Throwable thrown) -> unlessRefused(hostile, attempt.end(), words(thrown));
            case StepEnd.Broken(String _, String message) -> unlessRefused(hostile, attempt.end(), message);
            case StepEnd.Unusable(String message) -> throw new IllegalArgumentException(message);
        };
    }

    private static Optional<Failure> unlessRefused(HostileCase hostile, StepEnd end, String words) {
        return HostileRules.isRefusal(hostile.kind(), end.exceptions())
                ? Optional.empty()
                : Optional.of(new Failure(words, end.failure()));
    }

    private static String words(Throwable thrown) {
        return "it threw " + thrown
                + Stream.of(thrown.getStackTrace())
                        .filter(frame -> !frame.getClassName().startsWith("java.")
                                && !frame.getClassName().startsWith("jdk."))
                        .findFirst()
                        .map(frame -> "\n\tat " + frame)
                        .orElse("");
    }

    /** With fewer rows values may be missing that are not with all: the same rows as they were tell. */
    private MissingValues before(HostileCase hostile) {
        return hostile.kind().mayLoseValues()
                ? MissingValues.UNKNOWN
                : usual.computeIfAbsent(hostile.asItWas(), csv -> values(attempt(csv)));
    }

    private Attempt attempt(String csv) {
        Path file = step.inputPlace(input);
        try {
            Files.writeString(file, csv);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the table " + file + ": " + e, e);
        }
        TestCall call = step.callWith(input, file);
        return new Attempt(call, step.run(call));
    }

    /** Of the table that it gave. */
    private static MissingValues values(Attempt attempt) {
        boolean isTable = attempt.end() instanceof StepEnd.Done && gave(attempt.call(), Kind.TABLE);
        return isTable ? table(attempt.call()) : MissingValues.UNKNOWN;
    }

    private static MissingValues table(TestCall call) {
        Path file = call.output().orElseThrow();
        try {
            List<CsvParser.Row> rows = new CsvParser(Files.readString(file), file).rows();
            return MissingValues.UNKNOWN.with(
                    call.step().name(),
                    texts(rows.getFirst()),
                    () -> rows.stream()
                            .skip(1)
                            .map(row -> new MissingValues.Line(row.line(), texts(row)))
                            .iterator());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the table " + file + ": " + e, e);
        }
    }

    private static List<String> texts(CsvParser.Row row) {
        return row.cells().stream().map(CsvParser.Cell::text).toList();
    }

    private static Optional<String> model(Attempt attempt) {
        return gave(attempt.call(), Kind.MODEL)
                ? HostileRules.wrongModel(
                        attempt.call().step().name(),
                        Model.read(attempt.call().output().orElseThrow()).bytes())
                : Optional.empty();
    }

    private static boolean gave(TestCall call, Kind kind) {
        return call.step()
                .output()
                .filter(output -> !output.list() && output.form().kind() == kind)
                .isPresent();
    }
}
