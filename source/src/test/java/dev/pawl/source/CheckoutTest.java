package dev.pawl.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.CommitId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {
    @TempDir
    Path folder;

    private Git git;
    private Path target;

    @BeforeEach
    void init() {
        GitSystem.use();
        git = Git.init(folder.resolve("copy"));
        target = folder.resolve("target");
    }

    private int checkOut(String commit, int mostFiles) throws IOException {
        try (Repository repository = repository()) {
            return new Checkout(repository, target, mostFiles).write(new CommitId(commit));
        }
    }

    private Repository repository() throws IOException {
        return new RepositoryBuilder().setWorkTree(git.folder().toFile()).build();
    }

    @Test
    void files_are_as_they_were_committed() throws Exception {
        git.write("run.sh", "echo\n").write("a/b/c.txt", "one\r\ntwo\n");
        assertThat(git.folder().resolve("run.sh").toFile().setExecutable(true)).isTrue();
        String commit = git.commit("one");
        git.write("a/b/c.txt", "later").commit("two");

        assertThat(checkOut(commit, 10)).isEqualTo(2);

        assertThat(target.resolve("a/b/c.txt")).hasContent("one\r\ntwo\n");
        assertThat(target.resolve("run.sh")).isExecutable();
        assertThat(target.resolve(".git")).doesNotExist();
        assertThat(rights("a")).isEqualTo("rwxr-xr-x");
        assertThat(rights("a/b/c.txt")).isEqualTo("rw-r--r--");
    }

    private String rights(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve(path)));
    }

    @Test
    void a_link_is_refused() throws Exception {
        Files.createSymbolicLink(git.folder().resolve("secret"), Path.of("/etc/passwd"));
        String commit = git.commit("one");

        assertThatThrownBy(() -> checkOut(commit, 10)).hasMessageContaining("secret is a symbolic link");
        assertThat(target.resolve("secret")).doesNotExist();
    }

    @Test
    void a_submodule_is_refused() {
        String one = git.write("a", "a").commit("one");
        git.run("update-index", "--add", "--cacheinfo", "160000," + one + ",vendor/lib");
        git.run("commit", "-q", "-m", "two");
        String commit = git.run("rev-parse", "HEAD");

        assertThatThrownBy(() -> checkOut(commit, 10)).hasMessageContaining("vendor/lib is a submodule");
    }

    @Test
    void too_many_files_are_refused() {
        String commit = git.write("a", "a").write("b", "b").write("c", "c").commit("one");

        assertThatThrownBy(() -> checkOut(commit, 2)).hasMessageContaining("more than 2 files");
    }

    @Test
    void folders_count_too() throws Exception {
        String commit = commitOf(tree(tree(ObjectId.zeroId()), "a", "b"));

        assertThatThrownBy(() -> checkOut(commit, 1)).hasMessageContaining("more than 1 files and folders");
        assertThat(checkOut(commit, 2)).isZero();
    }

    @Test
    void folders_are_only_so_deep() throws Exception {
        ObjectId deep = tree(ObjectId.zeroId());
        for (int i = 0; i < 202; i++) {
            deep = tree(deep, "a");
        }
        String commit = commitOf(deep);

        assertThatThrownBy(() -> checkOut(commit, 1_000)).hasMessageContaining("folders in more than 200 others");
    }

    /** A folder of folders that all have the same content; git itself would leave out empty ones. */
    private ObjectId tree(ObjectId content, String... names) throws IOException {
        TreeFormatter tree = new TreeFormatter();
        for (String name : names) {
            tree.append(name, FileMode.TREE, content);
        }
        try (Repository repository = repository();
                ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId made = inserter.insert(tree);
            inserter.flush();
            return made;
        }
    }

    private String commitOf(ObjectId tree) {
        return git.run("commit-tree", tree.name(), "-m", "one");
    }

    @Test
    void a_commit_that_is_not_there_is_told() {
        git.write("a", "a").commit("one");

        assertThatThrownBy(() -> checkOut("0123456789012345678901234567890123456789", 2))
                .hasMessageContaining("is not in the repository");
    }
}
