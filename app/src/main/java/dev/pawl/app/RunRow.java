package dev.pawl.app;

import dev.pawl.experiment.Experiment;
import dev.pawl.experiment.Variation;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.Purpose;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Runs;
import dev.pawl.pipeline.SurveyedRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A run as one among many.
 *
 * @param metrics the last value of each, by {@code STEP.METRIC}
 * @param parameters by {@code STEP.PARAMETER}
 * @param data digest of each source's snapshot
 */
record RunRow(
        RunId run,
        Standing state,
        String because,
        Instant startedAt,
        Optional<Instant> endedAt,
        Instant asOf,
        Optional<Integer> sample,
        Optional<String> commit,
        Optional<Digest> changes,
        Variation variation,
        SortedMap<String, Object> parameters,
        SortedMap<String, Double> metrics,
        SortedMap<String, Digest> data) {

    /** The newest runs of a folder, newest first. */
    static List<RunRow> newest(Notebook notebook, int limit) {
        Map<RunId, Experiment> experiments = notebook.experiments().newest(Math.min(limit, Runs.MOST_SURVEYED)).stream()
                .collect(Collectors.toMap(Experiment::run, Function.identity()));
        return notebook.runs().survey(Purpose.EXPERIMENT, limit).stream()
                .map(run -> of(notebook, run, experiments))
                .toList();
    }

    private static RunRow of(Notebook notebook, SurveyedRun surveyed, Map<RunId, Experiment> experiments) {
        var run = surveyed.run();
        RunId id = run.spec().id();
        Experiment experiment = Optional.ofNullable(experiments.get(id))
                .orElseGet(() -> notebook.experiments().get(id));
        return new RunRow(
                id,
                notebook.standing(run),
                run.because(),
                run.submittedAt(),
                run.endedAt(),
                run.spec().asOf(),
                run.spec().sample(),
                experiment.source().commit().map(commit -> commit.value()),
                experiment.source().changes(),
                experiment.variation(),
                RunView.parameters(notebook.definition(run)),
                surveyed.metrics(),
                surveyed.data());
    }

    /** From its submission to its end, if it has one. */
    Optional<Duration> took() {
        return endedAt.map(end -> Duration.between(startedAt, end));
    }

    /** The commit's first digits, with a + if something was not committed. */
    String code() {
        return commit.map(text -> text.substring(0, 7)).orElse("-------") + (changes.isPresent() ? "+" : "");
    }
}
