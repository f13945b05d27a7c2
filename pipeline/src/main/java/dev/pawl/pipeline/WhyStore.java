package dev.pawl.pipeline;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Tx;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds earlier runs of a step with what their cache keys were made of. */
final class WhyStore {
    record Earlier(RunId run, StepState state, JsonNode keyParts) {}

    /** Of the same project, newest first. */
    List<Earlier> earlier(Tx tx, RunId run, StepName step, Optional<Integer> item, int limit) {
        return tx.list(
                row -> new Earlier(
                        row.id("run_id", RunId::new),
                        row.value("state", StepState.class),
                        Json.tree(row.text("key_parts"))),
                """
                select s.run_id, s.state, s.key_parts
                from step s join run r on r.id = s.run_id join run this on this.id = ?
                where s.name = ? and s.item = ? and s.key_parts is not null and r.project = this.project
                  and r.id <> this.id and r.submitted_at <= this.submitted_at
                order by r.submitted_at desc, r.id desc limit ?
                """,
                run,
                step,
                item.orElse(StepKey.WHOLE),
                limit);
    }
}
