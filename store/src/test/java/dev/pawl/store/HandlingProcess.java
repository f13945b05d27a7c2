package dev.pawl.store;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Ids;
import java.nio.file.Path;
import java.util.List;

/** A server reduced to one reader, in a process of its own: writes down which facts it handled, until it is killed. */
final class HandlingProcess {
    private HandlingProcess() {}

    /** Arguments: the database's URL and a folder for artifacts. */
    public static void main(String[] arguments) throws InterruptedException {
        Store store = Store.open(
                Database.postgres(arguments[0]), Path.of(arguments[1]), Clock.system(), Ids.system(), List.of());
        long pid = ProcessHandle.current().pid();
        store.reader("test")
                .on(
                        Fact.CommitPushed.class,
                        (tx, entry, _) -> tx.update("insert into handled values (?, ?)", entry.position(), pid))
                .start();
        Thread.currentThread().join();
    }
}
