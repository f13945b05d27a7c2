package dev.pawl.ci;

import dev.pawl.ci.ConvergenceVerdict.Curve;
import dev.pawl.definition.CiPlan.ConvergenceCheck;
import dev.pawl.definition.Definition;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.MetricPoint;
import dev.pawl.pipeline.RunQueue;
import dev.pawl.pipeline.Runs;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The checks that run the pipeline: hands in their runs, and ends each check when the last of its runs has ended. */
final class CheckRuns {
    static final String DEADLINES = "ci-deadline";

    /** These runs see data of any time: what bounds them is the sample. */
    private static final Instant ALL_DATA = Instant.parse("9999-12-31T00:00:00Z");

    /** A step that does not keep its contract explains a run that failed, and that one what could not be tried. */
    private static final List<String> EXPLAIN_MOST = List.of(CiCheck.CONTRACT, CiCheck.INTEGRATION);

    private static final Finding NOT_MADE = Finding.failed("not made: the integration run did not succeed");
    private static final Set<String> COMPARED = Set.of(CiCheck.INTEGRATION, CiCheck.DIFFERENCE);

    private final Store store;
    private final Definitions definitions;
    private final RunQueue queue;
    private final Runs runs;
    private final CheckRunStore rows = new CheckRunStore();
    private final CheckStore checks = new CheckStore();

    CheckRuns(Store store, Definitions definitions, RunQueue queue) {
        this.store = store;
        this.definitions = definitions;
        this.queue = queue;
        this.runs = new Runs(store);
    }

    /** @return the integration check's run, if there is one */
    Optional<RunId> handIn(Tx tx, CiRun run, Verdict.Packed packed) {
        Instant now = store.clock().now();
        Instant end = now;
        Optional<RunId> integration = Optional.empty();
        List<RunId> ids = new ArrayList<>();
        for (PlannedRun planned : packed.runs()) {
            RunId id = store.ids().next("run", RunId::new);
            ids.add(id);
            if (planned.check().equals(CiCheck.INTEGRATION)) {
                integration = Optional.of(id);
                packed.tried().forEach(check -> checks.began(tx, run.id(), check, now));
            }
            checks.began(tx, run.id(), planned.check(), now);
            rows.add(tx, run.id(), id, ids.size(), planned);
            queue.submit(tx, spec(run, id, packed.packageDigest(), planned));
            end = end.plus(planned.within()); // it may have to wait for those before it
            String limit = BuildCommands.text(planned.within());
            store.jobs().add(tx, DEADLINES, id.value(), limit, end);
        }
        return integration;
    }

    /** Their time is up. */
    void cancel(Tx tx, CiRun run) {
        checks.checks(tx, run.id())
                .forEach(check -> store.jobs().remove(tx, TrialJob.QUEUE, TrialJob.key(run.id(), check.name())));
        rows.of(tx, run.id()).stream()
                .filter(handedIn -> handedIn.outcome().isEmpty())
                .forEach(handedIn -> {
                    String key = handedIn.run().value();
                    store.jobs().remove(tx, DEADLINES, key);
                    store.jobs().add(tx, DEADLINES, key, Deadline.CANCELLED);
                });
    }

    private static RunQueue.RunSpec spec(CiRun run, RunId id, Digest packageDigest, PlannedRun planned) {
        String label = planned.label().isEmpty() ? "" : ", " + planned.label() + ",";
        return new RunQueue.RunSpec(
                id,
                run.project(),
                Fact.Purpose.INTEGRATION,
                Optional.empty(),
                packageDigest,
                planned.definition(),
                ALL_DATA,
                Optional.of(planned.sample()),
                "%s check%s of %s at %s".formatted(planned.check(), label, run.branch(), run.commit()));
    }

    void noteEnd(Tx tx, Fact.RunFinished fact) {
        store.jobs().remove(tx, DEADLINES, fact.runId().value());
        rows.ended(tx, fact.runId(), fact.outcome(), fact.because());
    }

    /** Ends the check whose last run this was, or hands in what is tried with what the run gave. */
    void ended(Tx tx, CiRun run, CheckRun ended, Fact.RunFinished fact) {
        List<CheckRun> all = rows.of(tx, run.id());
        List<CheckRun> same = all.stream()
                .filter(other -> other.check().equals(ended.check()))
                .toList();
        if (same.stream().allMatch(other -> other.outcome().isPresent())) {
            conclude(tx, run, ended.check(), same, fact);
        }
        compareIfAllIsThere(tx, run, all);
    }

    private void conclude(Tx tx, CiRun run, String check, List<CheckRun> ended, Fact.RunFinished fact) {
        Definition definition = definitions.get(run.definition().orElseThrow());
        switch (check) {
            case CiCheck.CONVERGENCE ->
                end(
                        tx,
                        run,
                        check,
                        convergence(tx, definition.ci().convergence().orElseThrow(), ended));
            case CiCheck.INTEGRATION -> integrated(tx, run, definition, fact);
            case CiCheck.DIFFERENCE -> {} // it waits for the integration run as well
            default -> throw new IllegalStateException("no runs for the check " + check);
        }
    }

    /** What can be told of the run as it ended is told; of the rest, and of every step by itself, trials tell. */
    private void integrated(Tx tx, CiRun run, Definition definition, Fact.RunFinished fact) {
        boolean succeeded = switch (fact.outcome()) {
            case SUCCEEDED -> true;
            case FAILED, CANCELLED -> false;
        };
        if (succeeded && definition.model().isPresent()) {
            tryBy(tx, run, CiCheck.INTEGRATION);
        } else {
            Finding told = succeeded ? Finding.passed(fact.because()) : Finding.failed(fact.because());
            end(tx, run, CiCheck.INTEGRATION, told.with(Map.of("run", fact.runId(), "outcome", fact.outcome())));
        }
        for (CiCheck check : checks.running(tx, run.id())) {
            boolean needsSuccess = check.name().equals(CiCheck.NUMERIC) || CiCheck.isOwn(check.name());
            if (!succeeded && (needsSuccess || check.name().equals(CiCheck.DIFFERENCE))) {
                end(tx, run, check.name(), NOT_MADE);
            } else if (needsSuccess || check.name().equals(CiCheck.CONTRACT)) {
                tryBy(tx, run, check.name()); // the others end otherwise, after runs of their own perhaps
            }
        }
    }

    /** Once its own runs have ended, and the integration run. */
    private void compareIfAllIsThere(Tx tx, CiRun run, List<CheckRun> all) {
        boolean ended = all.stream()
                .filter(handedIn -> COMPARED.contains(handedIn.check()))
                .allMatch(handedIn -> handedIn.outcome().isPresent());
        boolean running = checks.running(tx, run.id()).stream()
                .anyMatch(check -> check.name().equals(CiCheck.DIFFERENCE));
        if (ended && running) {
            all.stream()
                    .filter(handedIn -> handedIn.check().equals(CiCheck.DIFFERENCE))
                    .filter(handedIn -> handedIn.outcome().orElseThrow() != Fact.Outcome.SUCCEEDED)
                    .findFirst()
                    .ifPresentOrElse(
                            failed -> end(
                                    tx,
                                    run,
                                    CiCheck.DIFFERENCE,
                                    Finding.failed(failed.label() + ": " + failed.because())),
                            () -> tryBy(tx, run, CiCheck.DIFFERENCE));
        }
    }

    private void end(Tx tx, CiRun run, String check, Finding finding) {
        checks.ended(tx, run.id(), check, finding, store.clock().now());
    }

    private void tryBy(Tx tx, CiRun run, String check) {
        store.jobs().add(tx, TrialJob.QUEUE, TrialJob.key(run.id(), check), "");
    }

    private Finding convergence(Tx tx, ConvergenceCheck plan, List<CheckRun> ended) {
        List<Curve> curves = ended.stream()
                .map(run -> new Curve(run, losses(runs.metrics(tx, run.run(), plan.step(), plan.metric()))))
                .toList();
        String title = plan.metric() + " of step " + plan.step();
        Digest plot = store.artifacts().putText(new LossPlot(title, curves).svg());
        return new ConvergenceVerdict(plan, curves).finding(plot);
    }

    /** Round after round; of several values of one round the last one counts. */
    private static List<Double> losses(List<MetricPoint> points) {
        TreeMap<Long, Double> losses = new TreeMap<>();
        points.forEach(point -> losses.put(point.position(), point.value()));
        return List.copyOf(losses.values());
    }

    /** Whether nothing that was handed in is still under way. */
    boolean allEnded(Tx tx, CiRun run) {
        return checks.running(tx, run.id()).isEmpty();
    }

    /** The check that turns the commit down, if one does: the one that explains most of what the others may have found. */
    Optional<CiCheck> refusal(Tx tx, CiRun run) {
        List<CiCheck> failed = checks.checks(tx, run.id()).stream()
                .filter(check -> check.state() == CiCheck.State.FAILED)
                .toList();
        return Stream.concat(EXPLAIN_MOST.stream(), failed.stream().map(CiCheck::name))
                .flatMap(name -> failed.stream().filter(check -> check.name().equals(name)))
                .findFirst();
    }
}
