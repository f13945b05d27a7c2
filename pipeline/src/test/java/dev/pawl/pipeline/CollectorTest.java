package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.Purpose;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.CollectionReport.Amount;
import dev.pawl.pipeline.KeepPolicy.Candidate;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class CollectorTest {
    private static final KeepPolicy LAST_ONE = new KeepPolicy(Duration.ZERO, 1, Duration.ofHours(1));
    private static final int ROUNDS = 60;
    private static final int ROUNDS_BETWEEN_WAITS = 20;

    @TempDir
    Path folder;

    private final ScriptedExecutor executor = new ScriptedExecutor();

    private Rig rig(TestDatabases database) {
        return Rig.over(() -> database.open(folder, Clock.system(), Orchestrator.SCHEMA), folder, executor)
                .start();
    }

    private static Definition named(String step) {
        return pipeline(TestStep.step(step, "ok"));
    }

    @ParameterizedTest
    @EnumSource
    void old_runs_go_with_what_only_they_need_and_a_dry_run_tells_so_first(TestDatabases database) {
        try (Rig rig = rig(database)) {
            RunId old = rig.submit(named("old"), rig.packageOf(Map.of("only", "of the old run")), Optional.empty());
            rig.awaitEnd(old);
            RunId pinned = rig.submit(named("pinned"));
            rig.awaitEnd(pinned);
            RunId last = rig.submit(named("last"));
            rig.awaitEnd(last);
            Collector collector = new Collector(rig.store(), List.of());
            collector.pin(pinned, true);
            Digest output = requireNonNull(rig.stepOf(last, "last").outputs().get("last"));
            Digest onlyOld = rig.orchestrator().run(old).spec().packageDigest();

            CollectionReport told = collector.collect(LAST_ONE, true);
            assertThat(told.runsGone()).isEqualTo(1);
            assertThat(told.cacheEntriesGone()).isEqualTo(1);
            assertThat(told.runsStay()).containsOnlyKeys("pinned", "one of the last 1 of its project and purpose");
            assertThat(told.later().artifacts())
                    .as("its package and the file in it; its definition is named by the ledger")
                    .isEqualTo(2);
            assertThat(told.stay()).containsKey("a run that is kept");
            assertThat(rig.orchestrator().find(old)).isPresent();

            CollectionReport first = collector.collect(LAST_ONE, false);
            assertThat(first.runsGone()).isEqualTo(1);
            assertThat(first.gone()).as("let go of just now").isEqualTo(Amount.NOTHING);
            assertThat(first.later()).isEqualTo(told.later());
            assertThat(rig.orchestrator().find(old)).isEmpty();
            assertThat(rig.orchestrator().steps(old)).isEmpty();

            ageAll();
            CollectionReport second = collector.collect(LAST_ONE, false);
            assertThat(second.gone()).isEqualTo(told.later());
            assertThat(rig.store().artifacts().has(onlyOld)).isFalse();
            assertThat(rig.store().artifacts().text(output)).isEqualTo("made");
            assertThat(rig.orchestrator().find(pinned)).isPresent();
            assertThatThrownBy(() -> collector.pin(old, true)).hasMessageContaining("There is no run " + old);

            assertThat(rig.run(named("old")).state()).as("made anew").isEqualTo(RunState.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_put_while_a_run_is_open_stays_until_that_has_ended(TestDatabases database) {
        try (Rig rig = rig(database)) {
            KeepPolicy impatient = new KeepPolicy(Duration.ZERO, 1, Duration.ZERO);
            Collector collector = new Collector(rig.store(), List.of());
            RunId open = rig.submit(pipeline(TestStep.step("hang", "hang")));
            await().until(() -> !executor.begun.isEmpty());
            Digest held = rig.store().artifacts().putText("in the hands of the open run");

            collector.collect(impatient, false);
            assertThat(rig.store().artifacts().has(held)).isTrue();

            executor.release.countDown();
            rig.awaitEnd(open);
            ageAll();
            collector.collect(impatient, false);
            assertThat(rig.store().artifacts().has(held)).isFalse();
            assertThat(rig.stepOf(open, "hang").state()).isEqualTo(StepState.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_a_stage_needs_stays_with_all_that_it_consists_of(TestDatabases database) {
        try (Rig rig = rig(database)) {
            RunId run = rig.submit(named("a"));
            rig.awaitEnd(run);
            rig.awaitEnd(rig.submit(named("b")));
            Digest folderOfOne = rig.packageOf(Map.of("file", "deep"));
            ageAll();
            Collector collector = new Collector(rig.store(), List.of((tx, needed) -> {
                needed.artifact(folderOfOne, "a test");
                needed.run(run, "a test");
            }));

            CollectionReport report = collector.collect(LAST_ONE, false);
            assertThat(report.runsStay()).containsEntry("needed by a test", 1);
            assertThat(requireNonNull(report.stay().get("a test")).artifacts()).isEqualTo(2);
            assertThat(rig.store().artifacts().members(folderOfOne).values())
                    .allMatch(rig.store().artifacts()::has);
        }
    }

    @Test
    void a_step_whose_cached_output_is_missing_is_made_again() throws IOException {
        try (Rig rig = rig(TestDatabases.SQLITE)) {
            RunId first = rig.submit(named("a"));
            rig.awaitEnd(first);
            for (Path object : objects()) {
                if (Files.readString(object).equals("made")) {
                    Files.delete(object);
                }
            }
            RunId second = rig.submit(named("a"));
            assertThat(rig.awaitEnd(second).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(rig.stepOf(second, "a").state()).isEqualTo(StepState.SUCCEEDED);
            assertThat(rig.output(second, "a")).isEqualTo("made");
        }
    }

    @Test
    void the_run_that_made_what_a_kept_run_found_in_the_cache_is_kept() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        Candidate maker = over("run-1", 1);
        Candidate user = over("run-2", 2);
        var entry = new CollectionStore.CacheEntry(Digest.of("key"), maker.id(), Instant.EPOCH, "[]");
        var unused = new CollectionStore.CacheEntry(
                Digest.of("other"), over("run-0", 0).id(), Instant.EPOCH, "[]");
        CollectionPlan plan = CollectionPlan.of(
                LAST_ONE,
                List.of(over("run-0", 0), maker, user),
                Map.of(),
                List.of(entry, unused),
                List.of(new CollectionStore.CacheUse(Digest.of("key"), user.id())),
                now);
        assertThat(plan.runs()).containsExactly(new RunId("run-0"));
        assertThat(plan.cache()).containsExactly(unused);
        assertThat(plan.stays()).containsEntry(maker.id(), "made what the cache gives to runs that are kept");
    }

    /** Two servers collect without a pause what others put, refer to and let go of: nobody ever misses what he has put. */
    @ParameterizedTest
    @EnumSource
    void an_artifact_that_is_put_while_two_servers_collect_is_never_deleted(TestDatabases database) throws Exception {
        String url = database.fresh(folder);
        try (Store one = server(database, url);
                Store two = server(database, url);
                ExecutorService threads = Executors.newCachedThreadPool()) {
            one.database().change(tx -> tx.update("create table held (digest text primary key)"));
            AtomicBoolean done = new AtomicBoolean();
            AtomicLong gone = new AtomicLong();
            List<Future<?>> putting = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String content = "content " + i;
                Store store = i % 2 == 0 ? one : two;
                putting.add(threads.submit(() -> putAndRefer(store, content)));
            }
            List<Future<?>> collecting = List.of(
                    threads.submit(() -> collect(one, done, gone)), threads.submit(() -> collect(two, done, gone)));
            try {
                for (Future<?> each : putting) {
                    each.get();
                }
            } finally {
                done.set(true);
            }
            for (Future<?> each : collecting) {
                each.get();
            }
            assertThat(gone.get())
                    .as("what was let go of was deleted again and again")
                    .isPositive();
        }
    }

    private Store server(TestDatabases database, String url) {
        return Store.open(database.connect(url), folder, Clock.system(), Ids.system(), List.of(Orchestrator.SCHEMA));
    }

    /** Goes round as fast as it can, and waits now and then until a collection took what it let go of. */
    private void putAndRefer(Store store, String content) {
        for (int round = 1; round <= ROUNDS; round++) {
            Digest digest = store.artifacts().putText(content);
            assertThat(store.artifacts().text(digest)).isEqualTo(content);
            store.database().change(tx -> tx.update("insert into held values (?)", digest));
            assertThat(store.artifacts().text(digest)).isEqualTo(content);
            store.database().change(tx -> tx.update("delete from held where digest = ?", digest));
            age(object(digest)); // hours pass
            if (round % ROUNDS_BETWEEN_WAITS == 0) {
                awaitGone(object(digest));
            }
        }
    }

    private static void awaitGone(Path object) {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            age(object); // again: a collection may have had it in its hands the first time
            return Files.notExists(object);
        });
    }

    private static void collect(Store store, AtomicBoolean done, AtomicLong gone) {
        Collector collector = new Collector(
                store, List.of((tx, needed) -> needed.texts(tx, "select digest as named from held", "a test")));
        while (!done.get()) {
            gone.addAndGet(collector.collect(LAST_ONE, false).gone().artifacts());
        }
    }

    private static Candidate over(String id, int second) {
        Instant at = Instant.ofEpochSecond(second);
        return new Candidate(
                new RunId(id),
                new ProjectName("test"),
                Purpose.EXPERIMENT,
                at,
                Optional.of(at),
                false,
                Optional.empty());
    }

    private List<Path> objects() throws IOException {
        try (var files = Files.walk(folder.resolve("artifacts/objects"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private Path object(Digest digest) {
        return folder.resolve("artifacts/objects")
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex().substring(2));
    }

    private void ageAll() {
        try {
            objects().forEach(CollectorTest::age);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void age(Path object) {
        try {
            Files.setLastModifiedTime(object, FileTime.from(Instant.EPOCH));
        } catch (IOException e) {
            // a collection has it in its hands just now
        }
    }
}
