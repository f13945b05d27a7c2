package dev.pawl.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArtifactFolderStoreTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_database_is_opened_with_its_own_artifacts_only(TestDatabases database) throws Exception {
        String url = database.fresh(folder);
        open(database, url, "shared");
        open(database, url, "shared");
        refused(database, url, "another");
        Files.delete(folder.resolve("shared/name"));
        refused(database, url, "shared");
    }

    private void refused(TestDatabases database, String url, String artifacts) {
        assertThatThrownBy(() -> open(database, url, artifacts))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("are not those of this database", "--artifacts");
    }

    private void open(TestDatabases database, String url, String artifacts) {
        Artifacts folderOfThem = Artifacts.in(folder.resolve(artifacts), Ids.system());
        Store.open(database.connect(url), folderOfThem, Clock.system(), Ids.system(), List.of())
                .close();
    }
}
