package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.definition.Environment.Requirements;
import dev.pawl.executor.Commands;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.CommitPushed;
import dev.pawl.kernel.Fact.Outcome;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.SettableClock;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import dev.pawl.store.Tx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CiStoreTest {
    private static final ProjectName PROJECT = new ProjectName("births");
    private static final CiRunId ID = new CiRunId("ci-1");

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
    private final CiStore runs = new CiStore();

    private static CommitId commit(int number) {
        return new CommitId(String.valueOf(number).repeat(40));
    }

    private void on(TestDatabases databases, Consumer<Tx> test) {
        try (Store store = databases.open(folder, clock, Ci.SCHEMA)) {
            store.database().change(test);
        }
    }

    private CiRun queue(Tx tx) {
        runs.add(tx, 7, CiRun.queued(ID, new CommitPushed(PROJECT, "main", commit(1)), clock.now()));
        return runs.run(tx, ID).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void a_run_is_read_as_it_was_written(TestDatabases databases) {
        on(databases, tx -> {
            CiRun queued = queue(tx);
            var packed = new Verdict.Packed(
                    Digest.of("p"), Digest.of("d"), new TestCounts(3, 0, 0, 1, 0.5), List.of(), List.of());

            assertThat(runs.move(tx, queued, CiState.Event.BEGAN)).isTrue();
            runs.began(tx, ID, clock.now());
            runs.packed(tx, ID, Optional.of(new RunId("run-1")), packed);
            runs.process(tx, ID, new Commands.Started(42, clock.now()));

            CiRun read = runs.run(tx, ID).orElseThrow();
            assertThat(read.run()).hasValue(new RunId("run-1"));
            assertThat(read.state()).isEqualTo(CiState.CHECKING);
            assertThat(read.startedAt()).hasValue(clock.now());
            assertThat(read.packageDigest()).hasValue(Digest.of("p"));
            assertThat(runs.tests(tx, ID)).isEqualTo(packed.tests());
            assertThat(runs.process(tx, ID)).hasValue(new Commands.Started(42, clock.now()));
            assertThat(runs.runs(tx, Optional.of(PROJECT), 1)).containsExactly(read);
            assertThat(runs.newestOf(tx, PROJECT, "main", commit(1))).hasValue(read);
            assertThat(runs.queued(tx, PROJECT, "main")).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void runs_that_checks_wait_for_are_read_as_they_were_written(TestDatabases databases) {
        CheckRunStore handedIn = new CheckRunStore();
        on(databases, tx -> {
            queue(tx);
            Stream.of("seed 1", "seed 2").forEach(label -> {
                var planned = new PlannedRun(CiCheck.CONVERGENCE, label, Digest.of("d"), 9, Duration.ofMinutes(1));
                handedIn.add(tx, ID, new RunId("run-" + label.substring(5)), 1, planned);
            });
            handedIn.ended(tx, new RunId("run-2"), Outcome.FAILED, "no");

            var one = new CheckRun(new RunId("run-1"), ID, CiCheck.CONVERGENCE, "seed 1", Optional.empty(), "");
            var two = new CheckRun(
                    new RunId("run-2"), ID, CiCheck.CONVERGENCE, "seed 2", Optional.of(Outcome.FAILED), "no");
            assertThat(handedIn.of(tx, ID)).containsExactlyInAnyOrder(one, two);
            assertThat(handedIn.find(tx, two.run())).hasValue(two);
            assertThat(handedIn.find(tx, new RunId("run-3"))).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void what_comes_too_late_changes_nothing(TestDatabases databases) {
        on(databases, tx -> {
            CiRun queued = queue(tx);
            assertThat(runs.move(tx, queued, CiState.Event.REFUSED)).isTrue();

            assertThat(runs.move(tx, queued, CiState.Event.BEGAN))
                    .as("an old view")
                    .isFalse();
            assertThat(runs.run(tx, ID).orElseThrow().state()).isEqualTo(CiState.FAILED);
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_check_is_read_as_it_was_written(TestDatabases databases) {
        CheckStore checks = new CheckStore();
        on(databases, tx -> {
            queue(tx);
            checks.began(tx, ID, CiCheck.BUILD, clock.now());
            checks.began(tx, ID, CiCheck.UNIT, clock.now());
            checks.ended(
                    tx,
                    ID,
                    CiCheck.BUILD,
                    Finding.failed("no").with(Map.of("exit", 3)).withLog(Digest.of("l")),
                    clock.now());

            assertThat(checks.checks(tx, ID)).extracting(CiCheck::name).containsExactly(CiCheck.BUILD, CiCheck.UNIT);
            CiCheck build = checks.checks(tx, ID).getFirst();
            assertThat(build.state()).isEqualTo(CiCheck.State.FAILED);
            assertThat(build.evidence()).isEqualTo(Map.of("exit", 3));
            assertThat(build.log()).hasValue(Digest.of("l"));
            checks.clear(tx, ID);
            assertThat(checks.checks(tx, ID)).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_package_is_read_as_it_was_written(TestDatabases databases) {
        PackageStore packages = new PackageStore();
        var requires = new TreeMap<>(Map.of("prod", new Requirements(21, 0, List.of("sh"))));
        on(databases, tx -> {
            queue(tx);
            CiPackage built = new CiPackage(
                    Digest.of("p"),
                    PROJECT,
                    "main",
                    commit(1),
                    Digest.of("d"),
                    ID,
                    TestCounts.NONE,
                    requires,
                    clock.now());
            packages.add(tx, built);

            assertThat(packages.first(tx, built.digest())).hasValue(built);
            assertThat(packages.packages(tx, Optional.empty(), 5)).containsExactly(built);
            assertThat(packages.packages(tx, Optional.of(new ProjectName("other")), 5))
                    .isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void runs_that_are_queued_at_the_same_time_have_numbers_of_their_own(TestDatabases databases) throws Exception {
        int many = 40;
        CountDownLatch all = new CountDownLatch(many);
        try (Store store = databases.open(folder, clock, Ci.SCHEMA);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> queueing = IntStream.range(0, many)
                    .<Callable<Integer>>mapToObj(i -> () -> {
                        var id = new CiRunId("ci-" + i);
                        CiRun run = CiRun.queued(id, PROJECT, "main", commit(1), clock.now(), Scope.ALL);
                        int least = i % 2 == 0 ? 0 : i; // a push has a position in the ledger, a rerun has none
                        all.countDown();
                        all.await();
                        store.database().change(tx -> runs.add(tx, least, run));
                        return i;
                    })
                    .toList();
            for (Future<Integer> queued : threads.invokeAll(queueing)) {
                assertThat(queued.get()).isNotNegative();
            }
            long different = store.database().read(tx -> tx.number("select count(distinct number) from ci_run"));
            assertThat(different).isEqualTo(many);
        }
    }
}
