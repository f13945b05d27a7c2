package dev.pawl.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.definition.PackageNeeds;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.SettableClock;
import dev.pawl.store.Needed;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-26T03:00:00Z");
    private static final Digest CONTENT = Digest.of("content");

    @TempDir
    Path folder;

    private final RecordStore records = new RecordStore();

    @ParameterizedTest
    @EnumSource
    void what_was_kept_is_found_as_it_was(TestDatabases databases) throws Exception {
        try (Store store = databases.open(folder, new SettableClock(NOW), Packaging.SCHEMA)) {
            PackageRecord first = record("ci-1");
            store.database().change(tx -> {
                records.add(tx, 8, record("ci-2"), List.of());
                records.add(tx, 7, first, List.of(Digest.of("evidence")));
            });
            Optional<PackageRecord> found = store.database().read(tx -> records.first(tx, CONTENT, Digest.of("key")));
            assertThat(found).contains(first);
            Optional<PackageRecord> other =
                    store.database().read(tx -> records.first(tx, Digest.of("other"), Digest.of("key")));
            assertThat(other).isEmpty();
        }
    }

    /** After a new key, what the old one signed is there still, but what the new one signed is what can be verified. */
    @ParameterizedTest
    @EnumSource
    void what_the_servers_own_key_signed_comes_first(TestDatabases databases) throws Exception {
        try (Store store = databases.open(folder, new SettableClock(NOW), Packaging.SCHEMA)) {
            PackageRecord old = record("ci-1");
            PackageRecord again = new PackageRecord(
                    new CiRunId("ci-2"), old.made(), old.definition(), old.provenance(), Digest.of("new"), NOW);
            store.database().change(tx -> {
                records.add(tx, 1, old, List.of());
                records.add(tx, 2, again, List.of());
            });
            Optional<PackageRecord> own = store.database().read(tx -> records.first(tx, CONTENT, Digest.of("new")));
            assertThat(own).contains(again);
            Optional<PackageRecord> third = store.database().read(tx -> records.first(tx, CONTENT, Digest.of("third")));
            assertThat(third).contains(old);
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_artifact_that_a_row_names_is_needed(TestDatabases databases) throws Exception {
        try (Store store = databases.open(folder, new SettableClock(NOW), Packaging.SCHEMA)) {
            PackageRecord record = record("ci-1");
            store.database().change(tx -> records.add(tx, 1, record, List.of(Digest.of("evidence"))));
            Needed needed = new Needed(Set.of());
            store.database().change(tx -> records.needs(tx, needed));
            assertThat(needed.artifacts())
                    .containsKeys(
                            CONTENT,
                            record.provenance(),
                            record.definition(),
                            record.made().sbom(),
                            record.made().image().orElseThrow().layout(),
                            Digest.of("evidence"));
        }
    }

    private static PackageRecord record(String ciRun) {
        Origin origin = new Origin(
                new ProjectName("births"),
                "pawl:git/births.git",
                "refs/heads/main",
                new CommitId("0123456789abcdef0123456789abcdef01234567"),
                NOW);
        var needs =
                new PackageNeeds(25, List.of("sh"), List.of(), List.of(), 0, 1, 0, List.of("token"), new TreeMap<>());
        var image = new Made.Image(
                "births:1", Digest.of("manifest"), Digest.of("layout"), 1L << 40, "scratch", Optional.empty());
        var made = new Made(
                origin,
                CONTENT,
                3,
                5L << 32,
                Digest.of("sbom"),
                Optional.of(image),
                needs,
                List.of(new Made.Lock("uv.lock", Digest.of("lock"))));
        return new PackageRecord(
                new CiRunId(ciRun), made, Digest.of("definition"), Digest.of("signed"), Digest.of("key"), NOW);
    }
}
