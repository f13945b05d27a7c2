package dev.pawl.experiment;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.MetricPoint;
import dev.pawl.store.Row;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An orchestrator that a test plays: runs lie in a table of its own and end when the test says so. */
final class PlayedRuns implements TrialRuns {
    final List<RunId> cancelled = new ArrayList<>();

    private final Definitions definitions;

    PlayedRuns(Store store, Definitions definitions) {
        this.definitions = definitions;
        store.database().change(tx -> tx.update("""
            create table if not exists played (
              id text primary key, definition text not null, parent text not null, sample bigint, resumes text,
              ended bigint not null)
            """));
    }

    /** @param ended whether the test has ended it */
    record Played(
            RunId id,
            Digest definition,
            String parent,
            Optional<Integer> sample,
            Optional<RunId> resumes,
            boolean ended) {}

    @Override
    public void submit(Tx tx, RunSpec run) {
        tx.update(
                "insert into played (id, definition, parent, sample, resumes, ended) values (?, ?, ?, ?, ?, ?)",
                run.id(),
                run.definition(),
                run.parent(),
                run.sample(),
                run.resumes(),
                false);
    }

    @Override
    public void cancel(RunId run, String because) {
        cancelled.add(run);
    }

    /** The loss is least where x is 0.3. */
    @Override
    public List<MetricPoint> metrics(Tx tx, RunId run) {
        double x = ((Number) parameters(all(tx).stream()
                                .filter(it -> it.id().equals(run))
                                .findFirst()
                                .orElseThrow())
                        .getOrDefault("x", Double.NaN))
                .doubleValue();
        return List.of(new MetricPoint(new StepName("score"), "loss", 0, Math.abs(x - 0.3)));
    }

    Map<String, Object> parameters(Played run) {
        Definition definition = definitions.get(run.definition());
        return definition.step(new StepName("score")).parameters();
    }

    /** In the order in which they were handed in. */
    static List<Played> all(Tx tx) {
        return tx.list(PlayedRuns::played, "select * from played order by id");
    }

    static Fact.RunFinished end(Tx tx, Played run, Fact.Outcome outcome) {
        tx.update("update played set ended = ? where id = ?", true, run.id());
        return new Fact.RunFinished(
                new ProjectName("tuning"),
                run.id(),
                Fact.Purpose.EXPERIMENT,
                Optional.empty(),
                run.definition(),
                run.definition(),
                Instant.EPOCH,
                outcome,
                outcome == Fact.Outcome.SUCCEEDED ? "" : "step score failed",
                Map.of());
    }

    private static Played played(Row row) {
        return new Played(
                row.id("id", RunId::new),
                row.id("definition", Digest::new),
                row.text("parent"),
                row.optionalText("sample").map(Integer::valueOf),
                row.optionalText("resumes").map(RunId::new),
                row.flag("ended"));
    }
}
