package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.JavaMethod;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.Json;
import dev.pawl.store.Artifacts;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Packages, and parts of them, as folders on disk, each made once and shared by all steps, read only. At most {@value #MOST_KEPT} that nobody
 * uses are kept. Safe for use by many threads.
 */
final class Packages {
    static final int MOST_KEPT = 32;

    private final Path folder;
    private final Path aside;
    private final Artifacts artifacts;
    private final Ids ids;
    private final SequencedMap<Digest, Unpacked> unpacked = new LinkedHashMap<>(MOST_KEPT, 0.75f, true);
    private final Map<Digest, Integer> uses = new LinkedHashMap<>();

    /** What an earlier server left in the folder is removed: nobody has checked it since. */
    Packages(Path folder, Artifacts artifacts, Ids ids) {
        this.folder = folder.resolve("whole");
        this.aside = folder.resolve("aside");
        this.artifacts = artifacts;
        this.ids = ids;
        Folders.delete(folder);
        Folders.make(this.folder);
        Folders.make(this.aside);
    }

    /**
     * @param files what each file is, by path: its content, and whether it is executable
     * @param jars its class path
     * @param code digest of the jars: the same for packages that differ in data and documents only
     */
    record Unpacked(Digest digest, Path folder, SortedMap<String, Digest> files, List<Path> jars, Digest code) {}

    private interface Content {
        /** Returns what each file is, by path. */
        SortedMap<String, Digest> writeTo(Path folder) throws IOException;
    }

    /** The package's folder stays until it is {@link #release released}. */
    Unpacked take(Digest digest) {
        return take(digest, folder -> {
            artifacts.writeFolderTo(digest, folder);
            SortedMap<String, Digest> files = artifacts.members(digest);
            files.replaceAll((path, content) ->
                    Files.isExecutable(folder.resolve(path)) ? Digest.of(content + " executable") : content);
            return files;
        });
    }

    /** What of a package that was taken a step may read; to be released as well. */
    Unpacked code(Definition definition, Definition.Step step, Unpacked whole) {
        return switch (step.command()) {
            case Shell shell -> part(whole, PackageFiles.of(shell, definition));
            case JavaMethod _ -> take(whole.digest());
        };
    }

    /** Some files of a package that was taken; the same for all packages in which these are alike. */
    private Unpacked part(Unpacked whole, PackageFiles code) {
        SortedMap<String, Digest> files = new TreeMap<>(whole.files());
        files.keySet().removeIf(path -> !code.have(path));
        return take(Json.digest(files), folder -> {
            for (String path : files.keySet()) {
                Path copy = folder.resolve(path);
                Files.createDirectories(copy.getParent());
                link(whole.folder().resolve(path), copy);
            }
            return files;
        });
    }

    /** The same file, where the disk can: both are only read. */
    private static void link(Path file, Path link) throws IOException {
        try {
            Files.createLink(link, file);
        } catch (UnsupportedOperationException | FileSystemException _) {
            Files.copy(file, link, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private synchronized Unpacked take(Digest digest, Content content) {
        Unpacked taken = unpacked.get(digest);
        if (taken == null) {
            taken = unpack(digest, content);
            unpacked.put(digest, taken);
        }
        uses.merge(digest, 1, Integer::sum);
        return taken;
    }

    synchronized void release(Digest digest) {
        uses.computeIfPresent(digest, (_, count) -> count == 1 ? null : count - 1);
        List<Digest> unused =
                unpacked.keySet().stream().filter(key -> !uses.containsKey(key)).toList();
        unused.stream().limit(Math.max(0, unused.size() - MOST_KEPT)).forEach(this::remove);
    }

    private Unpacked unpack(Digest digest, Content content) {
        Path target = folder.resolve(digest.hex());
        Path half = aside.resolve(ids.next());
        try {
            Files.createDirectories(half);
            SortedMap<String, Digest> files = content.writeTo(half);
            Folders.files(half).forEach(Packages::makeReadOnly);
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
            List<Path> jars = Folders.files(target).stream()
                    .filter(file -> file.toString().endsWith(".jar"))
                    .toList();
            return new Unpacked(digest, target, files, jars, digest(target, jars));
        } catch (IOException e) {
            throw Folders.trouble("unpack the package " + digest, e);
        } finally {
            Folders.delete(half);
        }
    }

    /** Gone at once for others, then deleted. */
    private void remove(Digest digest) {
        Unpacked old = unpacked.remove(digest);
        if (old == null) {
            return;
        }
        Path gone = aside.resolve(ids.next());
        try {
            Files.move(old.folder(), gone, StandardCopyOption.ATOMIC_MOVE);
            Folders.delete(gone);
        } catch (IOException e) {
            System.getLogger(Packages.class.getName()).log(Level.WARNING, "left behind: " + old.folder(), e);
        }
    }

    private static void makeReadOnly(Path file) {
        if (!file.toFile().setReadOnly()) {
            System.getLogger(Packages.class.getName()).log(Level.DEBUG, "not made read-only: {0}", file);
        }
    }

    private static Digest digest(Path folder, List<Path> jars) throws IOException {
        MessageDigest sha = Digest.sha256();
        for (Path jar : jars) {
            sha.update(folder.relativize(jar).toString().getBytes(StandardCharsets.UTF_8));
            sha.update(Digest.of(Files.readAllBytes(jar)).value().getBytes(StandardCharsets.UTF_8));
        }
        return Digest.of(sha);
    }
}
