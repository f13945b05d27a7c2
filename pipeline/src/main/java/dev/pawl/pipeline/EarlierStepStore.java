package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.Outcome;
import dev.pawl.kernel.Fact.Purpose;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The rows of a step in earlier runs, and their copies in a new one. */
final class EarlierStepStore {
    private EarlierStepStore() {}

    record Earlier(RunId run, Digest definition, SortedMap<String, Digest> outputs) {}

    /** Of experiments that succeeded, newest first. */
    static List<Earlier> newest(
            Tx tx, ProjectName project, StepName step, Optional<Instant> asOf, Optional<Integer> sample, int limit) {
        return tx.list(
                row -> new Earlier(
                        row.id("id", RunId::new),
                        row.id("definition", Digest::new),
                        StepStore.digests(row.text("outputs"))),
                """
                select r.id, r.definition, s.outputs from step s join run r on r.id = s.run_id
                where r.project = ? and r.purpose = ? and r.outcome = ? and coalesce(r.sample, 0) = ?
                  and (? = 1 or r.as_of = ?)
                  and s.name = ? and s.item = ? and s.state in (?, ?)
                order by r.submitted_at desc, r.id desc limit ?
                """,
                project,
                Purpose.EXPERIMENT,
                Outcome.SUCCEEDED,
                sample.orElse(0),
                asOf.isEmpty(),
                asOf.orElse(Instant.EPOCH),
                step,
                StepKey.WHOLE,
                StepState.SUCCEEDED,
                StepState.CACHED,
                limit);
    }

    /** With what it reported and what it read and gave. */
    static void takeOver(Tx tx, RunId run, StepName step, int place, RunId earlier) {
        tx.update("""
            insert into step (run_id, name, item, place, state, phase, attempt, failures, losses, cached_from, inputs, outputs)
            select ?, name, item, ?, ?, ?, 0, 0, 0, coalesce(cached_from, run_id), inputs, outputs from step
            where run_id = ? and name = ? and item = ?
            """, run, place, StepState.CACHED, StepMachine.Phase.RUN, earlier, step, StepKey.WHOLE);
        tx.update("""
            insert into metric (run_id, step, item, place, name, position, value)
            select ?, step, item, place, name, position, value from metric where run_id = ? and step = ? and item = ?
            """, run, earlier, step, StepKey.WHOLE);
        tx.update("""
            insert into lineage (artifact, run_id, step, item, role, name)
            select artifact, ?, step, item, role, name from lineage where run_id = ? and step = ? and item = ?
            """, run, earlier, step, StepKey.WHOLE);
    }
}
