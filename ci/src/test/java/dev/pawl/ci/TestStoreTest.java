package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.ci.TestReport.Outcome;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.SettableClock;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import dev.pawl.store.Tx;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestStoreTest {
    private static final Digest SAME = Digest.of("same");

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
    private final CiStore runs = new CiStore();
    private final TestStore tests = new TestStore();

    private void on(TestDatabases databases, Consumer<Tx> test) {
        try (Store store = databases.open(folder, clock, Ci.SCHEMA)) {
            store.database().change(test);
        }
    }

    private CiRun run(Tx tx, int number, String project, String branch) {
        var id = new CiRunId("ci-" + project + number);
        CommitId commit = new CommitId("a".repeat(40));
        CiRun run = CiRun.queued(id, new ProjectName(project), branch, commit, clock.now(), Scope.ALL);
        runs.add(tx, 0, run);
        runs.content(tx, id, SAME);
        return run;
    }

    private static TestReport.Test test(String name, Outcome outcome) {
        return new TestReport.Test("s", name, outcome, 0.5, "", "");
    }

    @ParameterizedTest
    @EnumSource
    void the_newest_run_of_the_branch_is_compared_else_that_of_main(TestDatabases databases) {
        on(databases, tx -> {
            CiRun main = run(tx, 1, "births", "main");
            tests.keep(tx, main, "unit", List.of(test("a", Outcome.FAILED)));
            CiRun branch = run(tx, 2, "births", "feature");
            assertThat(tests.history(tx, branch, "unit", SAME).comparedWith()).hasValue(main.id());
            assertThat(tests.history(tx, branch, "unit.other", SAME).comparedWith())
                    .isEmpty();
            tests.keep(tx, branch, "unit", List.of(test("a", Outcome.PASSED)));
            CiRun next = run(tx, 3, "births", "feature");

            TestHistory history = tests.history(tx, next, "unit", SAME);

            assertThat(history.comparedWith()).hasValue(branch.id());
            assertThat(history.bad()).containsEntry("s.a", false);
            assertThat(history.sameFiles()).containsEntry("s.a", new TestChange.SameFiles(true, true));
            assertThat(tests.history(tx, next, "unit", Digest.of("other")).sameFiles())
                    .isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void of_each_project_the_newest_runs_are_kept(TestDatabases databases) {
        on(databases, tx -> {
            CiRun other = run(tx, 0, "deaths", "main");
            tests.keep(tx, other, "unit", List.of(test("a", Outcome.PASSED)));
            List<CiRun> all = IntStream.rangeClosed(1, TestStore.MOST_RUNS + 2)
                    .mapToObj(number -> {
                        CiRun run = run(tx, number, "births", "main");
                        tests.keep(tx, run, "unit", List.of(test("a", Outcome.PASSED)));
                        tests.keep(tx, run, "unit.b", List.of(test("b", Outcome.PASSED)));
                        return run;
                    })
                    .toList();

            assertThat(all.stream()
                            .filter(run -> tests.tests(tx, run.id(), "unit").isEmpty()))
                    .containsExactly(all.get(0), all.get(1));
            assertThat(tests.tests(tx, other.id(), "unit")).hasSize(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void those_of_a_verdict_that_is_taken_over_are_copied(TestDatabases databases) {
        on(databases, tx -> {
            CiRun first = run(tx, 1, "births", "main");
            CiRun second = run(tx, 2, "births", "main");
            tests.keep(tx, first, "unit", List.of(test("a", Outcome.PASSED), test("b", Outcome.SKIPPED)));

            tests.copy(tx, first.id(), second.id(), "unit");
            tests.copy(tx, first.id(), second.id(), "unit");

            assertThat(tests.tests(tx, second.id(), "unit"))
                    .containsExactlyElementsOf(tests.tests(tx, first.id(), "unit"))
                    .hasSize(2);
        });
    }
}
