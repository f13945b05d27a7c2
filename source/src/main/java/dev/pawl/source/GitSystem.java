package dev.pawl.source;

import java.io.File;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * What JGit sees of this machine: no settings of the machine or its user, so that a repository behaves the same everywhere,
 * and nothing that it would write into the user's home.
 */
final class GitSystem extends SystemReader.Delegate {
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private GitSystem(SystemReader machine) {
        super(machine);
    }

    /** JGit keeps this in one place for the whole process. */
    static synchronized void use() {
        if (!(SystemReader.getInstance() instanceof GitSystem)) {
            SystemReader.setInstance(new GitSystem(SystemReader.getInstance()));
            // measuring the disk's clock takes seconds: until it is done, JGit assumes a coarse one
            FS.FileStoreAttributes.setBackground(true);
            // JGit measures a disk once, with files in the folder that it meets first: rather not in a repository
            Thread.ofVirtual().name("git-measure").start(() -> FS.FileStoreAttributes.get(TEMPORARY));
        }
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS files) {
        return new InMemory(parent, files);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS files) {
        return new InMemory(parent, files);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS files) {
        return new InMemory(parent, files);
    }

    /** Settings without a file: JGit also keeps there what it measured of the disk. */
    private static final class InMemory extends FileBasedConfig {
        InMemory(@Nullable Config parent, FS files) {
            super(parent, new File("in-memory"), files);
            // a push that was acknowledged survives a power cut
            setBoolean("core", null, "fsyncObjectFiles", true);
            setBoolean("core", null, "fsyncRefFiles", true);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
