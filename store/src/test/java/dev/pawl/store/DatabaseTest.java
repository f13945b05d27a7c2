package dev.pawl.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.SettableClock;
import dev.pawl.store.migration.Numbers;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseTest {
    private static final String LONG = "long".repeat(10_000);

    private final Clock clock = SettableClock.at("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_transaction_that_throws_leaves_nothing_and_wakes_nobody(TestDatabases kind) {
        try (Store store = kind.open(folder, clock)) {
            boolean[] woken = {false};
            assertThatThrownBy(() -> store.database().change(tx -> {
                        store.jobs().add(tx, "step", "a", "{}");
                        tx.afterCommit(() -> woken[0] = true);
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            assertThat(store.database().<Long>read(store.jobs()::open)).isZero();
            assertThat(woken).containsExactly(false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_kind_of_value_comes_back_as_it_went_in(TestDatabases kind) {
        try (Store store = kind.open(folder, clock)) {
            store.database().change(tx -> {
                tx.update("create table thing (a text, b bigint, c double precision, d text, e bigint, f bigint)");
                tx.update(
                        "insert into thing values (?, ?, ?, ?, ?, ?)",
                        Dialect.SQLITE,
                        true,
                        0.1 + 0.2,
                        Optional.empty(),
                        clock.now(),
                        Optional.of(7L));
            });
            store.database().change(tx -> {
                var row = tx.first(
                        r -> List.of(
                                r.value("a", Dialect.class),
                                r.flag("b"),
                                r.real("c"),
                                r.optionalText("d"),
                                r.instant("e"),
                                r.number("f")),
                        "select * from thing");
                assertThat(row).contains(List.of(Dialect.SQLITE, true, 0.1 + 0.2, Optional.empty(), clock.now(), 7L));
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_schema_newer_than_the_program_is_refused_in_words(TestDatabases kind) {
        String url = kind.fresh(folder);
        try (Database database = kind.connect(url)) {
            Schema.migrate(database, clock, List.of(new Schema("test", Numbers.class, 2)));
            assertThatThrownBy(() -> Schema.migrate(database, clock, List.of(new Schema("test", Numbers.class, 1))))
                    .isInstanceOf(PawlException.class)
                    .hasMessageContaining("newer Pawl")
                    .hasMessageContaining("version 2, this program knows 1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void migrations_run_once_and_in_order(TestDatabases kind) {
        String url = kind.fresh(folder);
        try (Database database = kind.connect(url)) {
            Schema.migrate(database, clock, List.of(new Schema("test", Numbers.class, 1)));
            Schema.migrate(database, clock, List.of(new Schema("test", Numbers.class, 2)));
            Schema.migrate(database, clock, List.of(new Schema("test", Numbers.class, 2)));
            assertThat((long) database.<Long>read(tx -> tx.number("select count(*) from numbers")))
                    .isEqualTo(2);
        }
    }

    /** SQLite then rolls back by itself, at a statement or at the commit. */
    @Test
    void after_a_full_disk_a_transaction_is_still_one() {
        try (Database database = TestDatabases.SQLITE.connect(TestDatabases.SQLITE.fresh(folder))) {
            database.change(tx -> tx.update("create table thing (a text)"));
            long pages = setMostPages(database, 1);
            assertThatThrownBy(() -> database.change(tx -> tx.update("insert into thing values (?)", LONG)))
                    .isInstanceOf(PawlException.class)
                    .hasMessageContaining("its disk is full");
            setMostPages(database, pages * 1_000);

            assertThatThrownBy(() -> database.change(tx -> {
                        tx.update("insert into thing values ('half')");
                        throw new IllegalStateException("no");
                    }))
                    .hasMessage("no");
            assertThat((long) database.<Long>read(tx -> tx.number("select count(*) from thing")))
                    .isZero();
            database.change(tx -> tx.update("insert into thing values ('whole')"));
            assertThat((long) database.<Long>read(tx -> tx.number("select count(*) from thing")))
                    .isEqualTo(1);
        }
    }

    /** Of the connection that writes; never fewer than there are, which it returns. */
    private static long setMostPages(Database database, long most) {
        return database.transact(tx -> tx.number("pragma max_page_count = " + most));
    }
}
