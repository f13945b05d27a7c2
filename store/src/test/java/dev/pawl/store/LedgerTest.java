package dev.pawl.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ProjectName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final Clock clock = Clock.system();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void facts_are_read_in_the_order_in_which_they_were_appended(TestDatabases kind) {
        try (Store store = kind.open(folder, clock)) {
            append(store, 1, 5);
            List<Ledger.Entry> all = store.database().read(tx -> store.ledger().after(tx, 0, 10));
            assertThat(all).extracting(Ledger.Entry::position).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(all.get(2).fact()).isEqualTo(pushed(3));
            assertThat(facts(store.database(), store.ledger(), 3).subList(0, 1))
                    .extracting(Ledger.Entry::position)
                    .containsExactly(4L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_fact_whose_handling_fails_is_handled_again_and_counts_once(TestDatabases kind) {
        String url = kind.fresh(folder);
        try (Store store = kind.open(url, folder, clock)) {
            append(store, 1, 3);
        }
        FailingStatements failing = new FailingStatements();
        try (Database database = kind.failing(url, failing)) {
            Ledger ledger = new Ledger(clock);
            database.change(tx -> tx.update("create table handled (commit_id text)"));
            database.change(tx -> tx.update("insert into ledger_cursor values ('test', 0)"));
            FactReader reader = new FactReader("test", database, ledger, clock)
                    .on(
                            Fact.CommitPushed.class,
                            (tx, _, fact) -> tx.update("insert into handled values (?)", fact.commit()));
            for (int n = 1; database.<Long>read(tx -> tx.number("select count(*) from handled")) < 3; n++) {
                failing.failAfter(n);
                try {
                    while (reader.handleNext()) {
                        assertThat(n).isPositive();
                    }
                } catch (RuntimeException planned) {
                    assertThat(planned).hasStackTraceContaining("planned by the test");
                }
            }
            failing.failAfter(Long.MAX_VALUE);
            List<String> handled = database.read(tx -> tx.list(row -> row.text("commit_id"), "select * from handled"));
            assertThat(handled).containsExactly(commit(1), commit(2), commit(3));
        }
    }

    @ParameterizedTest
    @EnumSource
    void two_servers_on_one_database_handle_every_fact_once(TestDatabases kind) {
        String url = kind.fresh(folder);
        int facts = 200;
        var handled = new ConcurrentLinkedQueue<String>();
        try (Store one = kind.open(url, folder, clock);
                Store two = kind.open(url, folder, clock)) {
            append(one, 1, facts / 2);
            FactReader.Handler<Fact.CommitPushed> handler = (tx, _, fact) ->
                    tx.afterCommit(() -> handled.add(fact.commit().value()));
            try (FactReader first = one.reader("test")
                            .on(Fact.CommitPushed.class, handler)
                            .start();
                    FactReader second = two.reader("test")
                            .on(Fact.CommitPushed.class, handler)
                            .start()) {
                append(two, facts / 2 + 1, facts);
                Awaitility.await().atMost(PATIENCE).until(() -> handled.size() >= facts);
                assertThat(one.database().<Boolean>read(first::caughtUp)).isTrue();
                assertThat(second.trouble()).isEmpty();
            }
        }
        assertThat(handled)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, facts)
                        .mapToObj(LedgerTest::commit)
                        .toList());
    }

    @Test
    void a_commit_wakes_the_reader_long_before_the_sweep() throws InterruptedException {
        try (Store store = TestDatabases.SQLITE.open(folder, clock)) {
            var seen = new CountDownLatch(20);
            try (FactReader reader = store.reader("test")
                    .on(Fact.CommitPushed.class, (tx, _, _) -> tx.afterCommit(seen::countDown))
                    .start()) {
                append(store, 1, 20);
                assertThat(seen.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(reader.trouble()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_fact_of_a_commit_or_none_is_there_when_any_statement_fails(TestDatabases kind) {
        String url = kind.fresh(folder);
        try (Store store = kind.open(url, folder, clock)) {
            append(store, 1, 1);
        }
        FailingStatements failing = new FailingStatements();
        try (Database database = kind.failing(url, failing)) {
            Ledger ledger = new Ledger(clock);
            for (int n = 1; n <= 7; n++) {
                failing.failAfter(n);
                assertThatThrownBy(() -> database.change(tx -> {
                            ledger.append(tx, pushed(2));
                            ledger.append(tx, pushed(3));
                        }))
                        .hasStackTraceContaining("planned by the test");
                assertThat(facts(database, ledger, 0)).hasSize(1);
            }
            database.change(tx -> ledger.append(tx, pushed(2)));
            assertThat(facts(database, ledger, 1))
                    .extracting(Ledger.Entry::position)
                    .containsExactly(2L);
        }
    }

    private static List<Ledger.Entry> facts(Database database, Ledger ledger, long after) {
        return database.read(tx -> ledger.after(tx, after, 10));
    }

    private static void append(Store store, int from, int to) {
        for (int i = from; i <= to; i++) {
            Fact fact = pushed(i);
            store.database().change(tx -> store.ledger().append(tx, fact));
        }
    }

    private static Fact.CommitPushed pushed(int n) {
        return new Fact.CommitPushed(new ProjectName("births"), "main", new CommitId(commit(n)));
    }

    private static String commit(int n) {
        return "%040x".formatted(n);
    }
}
