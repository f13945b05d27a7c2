package dev.pawl.delivery;

import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.store.Jobs;
import dev.pawl.store.Ledger;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import dev.pawl.store.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Stage 5: registered versions through the gates and, if all let them through, into the champion's place. */
final class ModelDelivery implements Worker.Handler {
    static final String QUEUE = "gate";
    static final String PASSED = "gates passed";

    /** How soon a version looks again whether those before it are through. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final Store store;
    private final Examinations room;
    private final Gates gates;

    ModelDelivery(Store store, Examinations room, Gates gates) {
        this.store = store;
        this.room = room;
        this.gates = gates;
    }

    /** What the gates are about to judge, as it stood then. */
    private record Contest(
            Challenger challenger, Optional<Champion> champion, List<String> championFeatures, long revision) {
        Optional<ModelVersion> comparedWith() {
            return champion.map(Champion::version);
        }
    }

    void runFinished(Tx tx, Ledger.Entry entry, Fact.RunFinished finished) {
        if (finished.purpose() == Fact.Purpose.PRODUCTION) {
            ChallengerStore.keepRun(tx, finished.runId(), finished.outputs());
        }
    }

    void modelRegistered(Tx tx, Ledger.Entry entry, Fact.ModelRegistered registered) {
        ChallengerStore.add(tx, registered, entry.at());
        addJob(tx, registered.version(), store.clock().now());
    }

    @Override
    public Consumer<Tx> attempt(Jobs.Job job) throws InterruptedException {
        ModelVersion version = Json.read(job.payload(), ModelVersion.class);
        if (store.database().read(tx -> ChallengerStore.anotherIsBefore(tx, version))) {
            return tx -> addJob(tx, version, store.clock().now().plus(PATIENCE));
        }
        Optional<Contest> contest = store.database().read(tx -> contest(tx, version));
        if (contest.isEmpty()) {
            return tx -> {};
        }
        return judge(contest.orElseThrow());
    }

    /** Closed by default. */
    @Override
    public void gaveUp(Tx tx, Jobs.Job job, Throwable error) {
        ModelVersion version = Json.read(job.payload(), ModelVersion.class);
        TurnStore.take(tx, turn(version.model()));
        contest(tx, version)
                .ifPresent(
                        contest -> conclude(tx, contest, gates.closed(String.valueOf(error.getMessage())), List.of()));
    }

    private Consumer<Tx> judge(Contest contest) throws InterruptedException {
        try (Examination examination =
                room.examination(contest.challenger(), contest.champion(), contest.championFeatures())) {
            List<Verdict> verdicts = gates.judge(examination);
            List<String> features = examination.features();
            return tx -> conclude(tx, contest, verdicts, features);
        }
    }

    /** Empty if the version has had its verdicts already. */
    private static Optional<Contest> contest(Tx tx, ModelVersion version) {
        Optional<Champion> champion = ChampionStore.current(tx, version.model());
        List<String> features = champion.flatMap(current -> ChallengerStore.find(tx, current.version()))
                .map(Challenger::features)
                .orElse(List.of());
        long revision = TurnStore.revision(tx, turn(version.model()));
        return ChallengerStore.find(tx, version)
                .filter(challenger -> challenger.state() == Challenger.State.WAITING)
                .map(challenger -> new Contest(challenger, champion, features, revision));
    }

    /** Verdicts hold against the champion that they were found against; if there is another by now, they are found anew. */
    private void conclude(Tx tx, Contest contest, List<Verdict> verdicts, List<String> features) {
        ModelVersion version = contest.challenger().version();
        if (!TurnStore.takeUnchanged(tx, turn(version.model()), contest.revision())) {
            addJob(tx, version, store.clock().now());
            return;
        }
        Decision decision = Decision.of(verdicts);
        Instant now = store.clock().now();
        ChallengerStore.add(tx, version, verdicts);
        ChallengerStore.decide(tx, version, decision.state(), contest.comparedWith(), features, now);
        store.ledger().append(tx, follow(tx, contest, decision, now));
    }

    private static Fact follow(Tx tx, Contest contest, Decision decision, Instant now) {
        Challenger challenger = contest.challenger();
        return switch (decision) {
            case Decision.Reject(String gate, String because) ->
                new Fact.ModelRejected(
                        challenger.project(), challenger.environment(), challenger.version(), gate, because);
            case Decision.Deploy _ -> {
                Optional<Integer> fallsBackTo = contest.champion().map(Champion::number);
                ChampionStore.succeed(tx, challenger.version(), fallsBackTo, PASSED, now);
                yield new Fact.ModelDeployed(
                        challenger.project(),
                        challenger.environment(),
                        challenger.version(),
                        contest.comparedWith(),
                        challenger.artifact(),
                        challenger.definition(),
                        challenger.asOf(),
                        PASSED);
            }
        };
    }

    private void addJob(Tx tx, ModelVersion version, Instant notBefore) {
        store.jobs().add(tx, QUEUE, version.toString(), Json.write(version), notBefore);
    }

    /** What everything that changes a model's champion takes first. */
    static String turn(ModelName model) {
        return "model/" + model;
    }
}
