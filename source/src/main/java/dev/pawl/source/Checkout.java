package dev.pawl.source;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Writes the files of a commit, as they were committed, into a new folder. Nothing is ever written outside of it: links and
 * submodules are refused.
 */
final class Checkout {
    private static final int MOST_ENTRIES = 50_000;
    private static final int DEEPEST = 200;
    private static final long MOST_BYTES = 2L * 1024 * 1024 * 1024;

    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Repository repository;
    private final Path folder;
    private final int mostEntries;
    private int entries;
    private int files;
    private long bytes;

    Checkout(Repository repository, Path folder) {
        this(repository, folder, MOST_ENTRIES);
    }

    Checkout(Repository repository, Path folder, int mostEntries) {
        this.repository = repository;
        this.folder = folder.toAbsolutePath().normalize();
        this.mostEntries = mostEntries;
    }

    /** How many files there were. */
    int write(CommitId commit) {
        Folders.make(folder);
        try (RevWalk commits = new RevWalk(repository);
                TreeWalk tree = new TreeWalk(repository)) {
            tree.addTree(
                    commits.parseCommit(ObjectId.fromString(commit.value())).getTree());
            // by itself it would pass over empty folders, of which a small commit can have any number
            tree.setRecursive(false);
            while (tree.next()) {
                visit(tree);
            }
            return files;
        } catch (MissingObjectException e) {
            throw PawlException.user("no-commit", "Commit " + commit + " is not in the repository; push it again");
        } catch (IOException e) {
            throw PawlException.external("git-trouble", "Cannot check out " + commit + ": " + e.getMessage(), e);
        }
    }

    private void visit(TreeWalk tree) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("it was interrupted");
        }
        entries++;
        requireBounds();
        if (!tree.isSubtree()) {
            write(tree);
        } else if (tree.getDepth() < DEEPEST) {
            tree.enterSubtree();
        } else {
            throw PawlException.limit(
                    "checkout-too-deep", "The commit has folders in more than %d others".formatted(DEEPEST));
        }
    }

    private void write(TreeWalk tree) throws IOException {
        FileMode mode = tree.getFileMode(0);
        if (FileMode.SYMLINK.equals(mode)) {
            throw refused(tree, "is a symbolic link, which is not checked out; commit the file itself");
        }
        if (FileMode.GITLINK.equals(mode)) {
            throw refused(
                    tree, "is a submodule, which is not checked out; commit its files or let the build fetch them");
        }
        ObjectLoader content = tree.getObjectReader().open(tree.getObjectId(0));
        files++;
        bytes += content.getSize();
        requireBounds();
        writeFile(target(tree), content, FileMode.EXECUTABLE_FILE.equals(mode));
    }

    /** The rights are the same on every machine, whatever the server's umask is: a build may pack them. */
    private static void writeFile(Path file, ObjectLoader content, boolean executable) throws IOException {
        makeFolders(Objects.requireNonNull(file.getParent()));
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            content.copyTo(out);
        }
        Files.setPosixFilePermissions(file, executable ? EXECUTABLE : PLAIN);
    }

    private static void makeFolders(Path wanted) throws IOException {
        if (!Files.isDirectory(wanted)) {
            makeFolders(Objects.requireNonNull(wanted.getParent()));
            Files.createDirectory(wanted);
            Files.setPosixFilePermissions(wanted, EXECUTABLE);
        }
    }

    private Path target(TreeWalk tree) {
        Path file = folder.resolve(tree.getPathString()).normalize();
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw refused(tree, "is not a path inside of the repository");
        }
        return file;
    }

    private void requireBounds() {
        if (entries > mostEntries || bytes > MOST_BYTES) {
            throw PawlException.limit(
                    "checkout-too-big",
                    "The commit has more than %,d files and folders or more than %,d bytes; keep big data out of git and name it in"
                                    .formatted(mostEntries, MOST_BYTES)
                            + " pawl.yaml by an absolute path");
        }
    }

    private static PawlException refused(TreeWalk tree, String why) {
        return PawlException.user("not-checked-out", tree.getPathString() + " " + why);
    }
}
