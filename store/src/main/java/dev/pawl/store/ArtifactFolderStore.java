package dev.pawl.store;

import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Ties a database to its folder of artifacts, by a name that both have: a server with another folder, or with one that is not mounted,
 * would claim runs and find nothing that they need.
 */
final class ArtifactFolderStore {
    private static final int ONE = 1;

    private ArtifactFolderStore() {}

    /** @throws PawlException if they do not belong together */
    static void require(Database database, Path folder, Ids ids) {
        Path file = folder.resolve("name");
        try {
            Optional<String> known = database.read(ArtifactFolderStore::find);
            String own = known.isPresent() ? read(file) : readOrMake(file, ids.next());
            if (!own.equals(known.orElseGet(() -> database.transact(tx -> keep(tx, own))))) {
                throw PawlException.user(
                        "other-artifacts",
                        "The artifacts in %s are not those of this database: name their folder with --artifacts, and see that it is mounted"
                                .formatted(folder));
            }
        } catch (IOException e) {
            throw ArtifactFailure.trouble("read or write " + file, e);
        }
    }

    private static Optional<String> find(Tx tx) {
        return tx.first(row -> row.text("name"), "select name from artifact_folder where one = ?", ONE);
    }

    /** Another server may have been faster: its name counts. */
    private static String keep(Tx tx, String name) {
        tx.update("insert into artifact_folder (one, name) values (?, ?) on conflict (one) do nothing", ONE, name);
        return find(tx).orElseThrow();
    }

    private static String readOrMake(Path file, String name) throws IOException {
        try {
            return Files.readString(Files.writeString(file, name, StandardOpenOption.CREATE_NEW));
        } catch (FileAlreadyExistsException e) {
            return read(file);
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
