package dev.pawl.pipeline;

import dev.pawl.pipeline.Changes.AttemptRow;
import dev.pawl.pipeline.Changes.Detail;
import dev.pawl.pipeline.Changes.OfRun;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes what a batch of events changed, as a few statements over all its runs, however many those are. */
final class ChangeStore {
    private final ServerIdentity server;
    private final RunEvent.Listener listener;

    /** @param server the one that writes: what it says of a run that it has lost is not written */
    ChangeStore(ServerIdentity server, RunEvent.Listener listener) {
        this.server = server;
        this.listener = listener;
    }

    /**
     * Writes what changed in the runs that this server still has, and returns these. Their rows are locked until the transaction
     * ends, so that no other server can claim them in between.
     */
    List<OfRun> write(Tx tx, Changes changes) {
        List<OfRun> all = List.copyOf(changes.runs());
        int[] held = tx.batch(
                "update run set generation = generation where id = ? and owner = ? and generation = ?",
                all.stream()
                        .map(of -> new Object[] {of.run.spec().id(), server.id(), of.run.generation()})
                        .toList());
        List<OfRun> mine = IntStream.range(0, held.length)
                .filter(i -> held[i] == 1)
                .mapToObj(all::get)
                .toList();
        steps(tx, mine);
        attempts(tx, mine);
        metrics(tx, mine);
        cache(tx, mine, changes.now());
        lineage(tx, mine);
        runs(tx, mine, changes.now());
        listener.happened(tx, RunEvent.of(mine, changes.now()));
        return mine;
    }

    private static void steps(Tx tx, List<OfRun> runs) {
        tx.batch(
                """
                insert into step (run_id, name, item, place, state, phase, attempt, failures, losses, not_before, cache_key,
                  key_parts, cached_from, inputs, outputs, error, log, started_at, ended_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (run_id, name, item) do update set
                  state = excluded.state, phase = excluded.phase, attempt = excluded.attempt, failures = excluded.failures,
                  losses = excluded.losses, not_before = excluded.not_before,
                  cache_key = coalesce(excluded.cache_key, step.cache_key),
                  key_parts = coalesce(excluded.key_parts, step.key_parts),
                  cached_from = coalesce(excluded.cached_from, step.cached_from),
                  inputs = excluded.inputs, outputs = excluded.outputs, error = coalesce(excluded.error, step.error),
                  log = coalesce(excluded.log, step.log), started_at = excluded.started_at, ended_at = excluded.ended_at
                """,
                rows(
                        runs,
                        of -> of.steps.values().stream()
                                .map(row -> step(row, of.details.getOrDefault(row.key(), Detail.NONE)))));
    }

    private static Object[] step(StepRow row, Detail detail) {
        return new Object[] {
            row.key().run(),
            row.key().step(),
            row.key().item(),
            row.place(),
            row.state(),
            row.phase(),
            row.tries().attempt(),
            row.tries().failures(),
            row.tries().losses(),
            row.notBefore(),
            detail.key().map(CacheKey::digest),
            detail.key().map(Tx::json),
            detail.cachedFrom(),
            Tx.json(row.inputs()),
            Tx.json(row.outputs()),
            row.error(),
            detail.log(),
            row.startedAt(),
            row.endedAt()
        };
    }

    private void attempts(Tx tx, List<OfRun> runs) {
        tx.batch("""
            insert into attempt (run_id, name, item, number, state, server, host, jdk, system, executor, pid, process_start, scratch,
              error, log, started_at, ended_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (run_id, name, item, number) do update set
              state = excluded.state, error = excluded.error, log = excluded.log, ended_at = excluded.ended_at
            """, rows(runs, of -> of.attempts.values().stream().map(this::attempt)));
    }

    private Object[] attempt(AttemptRow row) {
        var beginning = row.beginning();
        return new Object[] {
            row.key().run(),
            row.key().step().step(),
            row.key().step().item(),
            row.key().number(),
            row.state(),
            server.id(),
            server.host(),
            server.jdk(),
            server.system(),
            beginning.map(Changes.Beginning::executor).orElse("none"),
            beginning.map(begun -> begun.process().pid()),
            beginning.map(begun -> begun.process().at()),
            beginning.map(Changes.Beginning::scratch),
            row.error(),
            row.log(),
            row.startedAt(),
            row.endedAt()
        };
    }

    private static void metrics(Tx tx, List<OfRun> runs) {
        tx.batch(
                "insert into metric (run_id, step, item, place, name, position, value) values (?, ?, ?, ?, ?, ?, ?)",
                rows(runs, of -> of.metrics.entrySet().stream().flatMap(ChangeStore::metrics)));
        tx.batch(
                """
                insert into metric (run_id, step, item, place, name, position, value)
                select ?, ?, ?, place, name, position, value from metric where run_id = ? and step = ? and item = ?
                """,
                rows(
                        runs,
                        of -> of.copied.entrySet().stream().map(copied -> {
                            StepKey to = copied.getKey();
                            StepKey from = copied.getValue();
                            return new Object[] {to.run(), to.step(), to.item(), from.run(), from.step(), from.item()};
                        })));
    }

    private static Stream<Object[]> metrics(Map.Entry<StepKey, List<MetricPoint>> reported) {
        StepKey step = reported.getKey();
        List<MetricPoint> points = reported.getValue();
        return IntStream.range(0, points.size()).mapToObj(i -> {
            MetricPoint point = points.get(i);
            return new Object[] {step.run(), step.step(), step.item(), i, point.name(), point.position(), point.value()
            };
        });
    }

    /** The newest outputs win: they are there for sure, while older ones may have been damaged. */
    private static void cache(Tx tx, List<OfRun> runs, Instant now) {
        tx.batch(
                """
                insert into step_cache (cache_key, run_id, step, item, outputs, kept_at) values (?, ?, ?, ?, ?, ?)
                on conflict (cache_key) do update set run_id = excluded.run_id, step = excluded.step, item = excluded.item,
                  outputs = excluded.outputs, kept_at = excluded.kept_at
                """,
                rows(
                        runs,
                        of -> of.cached.entrySet().stream().map(cached -> {
                            StepKey step = cached.getValue().step();
                            return new Object[] {
                                cached.getKey(),
                                step.run(),
                                step.step(),
                                step.item(),
                                Tx.json(cached.getValue().outputs()),
                                now
                            };
                        })));
    }

    private static void lineage(Tx tx, List<OfRun> runs) {
        tx.batch(
                """
                insert into lineage (artifact, run_id, step, item, role, name) values (?, ?, ?, ?, ?, ?)
                on conflict (run_id, step, item, role, name) do update set artifact = excluded.artifact
                """,
                rows(
                        runs,
                        of -> of.links.stream().map(link -> new Object[] {
                            link.artifact(),
                            link.step().run(),
                            link.step().step(),
                            link.step().item(),
                            link.role(),
                            link.name()
                        })));
    }

    private static void runs(Tx tx, List<OfRun> runs, Instant now) {
        tx.batch(
                """
                update run set state = ?, outcome = ?, because = ?, ended_at = ?, owner = case when ? = 1 then null else owner end
                where id = ?
                """,
                rows(runs, of -> Stream.of(of).filter(changed -> changed.moved).map(changed -> run(changed.run, now))));
    }

    private static Object[] run(LiveRun run, Instant now) {
        Optional<RunMachine.End> end = RunMachine.end(run.state());
        return new Object[] {
            RunState.of(run.state()),
            end.map(RunMachine.End::outcome),
            end.map(RunMachine.End::because).orElse(""),
            run.isOver() ? Optional.of(now) : Optional.empty(),
            run.isOver(),
            run.spec().id()
        };
    }

    private static List<Object[]> rows(Collection<OfRun> runs, Function<OfRun, Stream<Object[]>> rows) {
        List<Object[]> all = new ArrayList<>();
        runs.forEach(of -> rows.apply(of).forEach(all::add));
        return all;
    }
}
