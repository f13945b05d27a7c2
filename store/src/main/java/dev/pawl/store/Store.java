package dev.pawl.store;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * All durable state of one Pawl, opened and brought up to date: the database, the ledger, the jobs and the artifacts.
 *
 * @param database rows
 * @param ledger facts
 * @param jobs leased work
 * @param artifacts content
 * @param clock the time that all of them use
 * @param ids where new ids come from
 * @param isEmbedded whether this process is the only one that can use the database
 * @param readers every reader that was made here
 */
public record Store(
        Database database,
        Ledger ledger,
        Jobs jobs,
        Artifacts artifacts,
        Clock clock,
        Ids ids,
        boolean isEmbedded,
        List<FactReader> readers)
        implements AutoCloseable {
    private static final Schema OWN = new Schema("store", Store.class, 1);

    /** Everything in one folder, with SQLite. The caller holds the {@link FolderLock}. */
    public static Store embedded(Path folder, Clock clock, Ids ids, List<Schema> schemas) {
        Database database = Database.sqlite(folder.resolve("pawl.db"));
        Store store = open(database, artifactsIn(folder, ids), clock, ids, true, schemas);
        store.database.change(store.jobs::releaseAll);
        store.artifacts.tidy();
        return store;
    }

    /** Over any database; the artifacts stay in the folder. */
    public static Store open(Database database, Path folder, Clock clock, Ids ids, List<Schema> schemas) {
        return open(database, artifactsIn(folder, ids), clock, ids, false, schemas);
    }

    /**
     * Over any database, with artifacts that lie where all servers of the database see them.
     *
     * @throws PawlException if the artifacts belong to another database
     */
    public static Store open(Database database, Artifacts artifacts, Clock clock, Ids ids, List<Schema> schemas) {
        Store store = open(database, artifacts, clock, ids, false, schemas);
        try {
            ArtifactFolderStore.require(database, artifacts.root(), ids);
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static Artifacts artifactsIn(Path folder, Ids ids) {
        return Artifacts.in(folder.resolve("artifacts"), ids);
    }

    private static Store open(
            Database database, Artifacts artifacts, Clock clock, Ids ids, boolean embedded, List<Schema> schemas) {
        Schema.migrate(
                database, clock, Stream.concat(Stream.of(OWN), schemas.stream()).toList());
        return new Store(
                database,
                new Ledger(clock),
                new Jobs(clock, ids.next()),
                artifacts,
                clock,
                ids,
                embedded,
                new CopyOnWriteArrayList<>());
    }

    public FactReader reader(String name) {
        FactReader reader = new FactReader(name, database, ledger, clock);
        readers.add(reader);
        return reader;
    }

    /** Whether every fact has been handled by this process's readers and no job is left: nothing will happen by itself. */
    public boolean idle() {
        return database.read(tx -> jobs.open(tx) == 0 && readers.stream().allMatch(reader -> reader.caughtUp(tx)));
    }

    public Worker worker(String queue, Worker.Handler handler) {
        return new Worker(queue, database, jobs, clock, handler);
    }

    @Override
    public void close() {
        database.close();
    }
}
