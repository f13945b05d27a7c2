package dev.pawl.app;

import dev.pawl.executor.Commands;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Clock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Tells which files of a working copy were saved: not those of git, Pawl and the build, nor those that the project's .gitignore
 * files name. For one thread.
 */
final class WatchedFiles implements Closeable {
    /** Editors save in several steps, and many save several files: so long it must be quiet. */
    private static final Duration QUIET = Duration.ofMillis(200);

    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final int MOST_FOLDERS = 10_000;
    private static final Set<String> NEVER = Set.of(".git", "target", Notebook.FOLDER);

    private final Path root;
    private final IgnoredFiles ignored;
    private final Clock clock;
    private final WatchService service;
    private final Map<WatchKey, Path> folders = new HashMap<>();
    private final Set<Path> leftOut = new HashSet<>();
    private final Set<Path> changed = new TreeSet<>();

    private WatchedFiles(Path root, IgnoredFiles ignored, Clock clock, WatchService service) {
        this.root = root;
        this.ignored = ignored;
        this.clock = clock;
        this.service = service;
    }

    static WatchedFiles in(Path project, Commands commands, Clock clock) {
        Path root = project.toAbsolutePath().normalize();
        try {
            var watched = new WatchedFiles(
                    root,
                    new IgnoredFiles(root, commands),
                    clock,
                    root.getFileSystem().newWatchService());
            watched.register(root);
            return watched;
        } catch (IOException e) {
            throw Folders.trouble("watch the files of " + root, e);
        }
    }

    /** Whether something was saved; what it was is told by {@link #await}. */
    boolean haveChanged() {
        take(Optional.ofNullable(service.poll()));
        return !changed.isEmpty();
    }

    /** What was saved until now was the build's doing: nothing is told of these files from now on. */
    void leaveOutWhatCame() {
        take(Optional.ofNullable(service.poll()));
        leftOut.addAll(changed);
        changed.clear();
    }

    /** Waits until something is saved and nothing more for a moment, and returns what, relative to the project. */
    Set<Path> await() throws InterruptedException {
        while (changed.isEmpty()) {
            take(LONGEST);
        }
        long begin = clock.nanos();
        while (take(QUIET) && clock.nanos() - begin < LONGEST.toNanos()) {
            // more comes
        }
        Set<Path> files = new TreeSet<>(changed);
        changed.clear();
        return files;
    }

    /** @return whether there was anything */
    private boolean take(Duration most) throws InterruptedException {
        return take(Optional.ofNullable(service.poll(most.toMillis(), TimeUnit.MILLISECONDS)));
    }

    private boolean take(Optional<WatchKey> first) {
        Set<Path> files = new HashSet<>();
        for (Optional<WatchKey> key = first; key.isPresent(); key = Optional.ofNullable(service.poll())) {
            take(key.get(), files);
        }
        files.removeAll(leftOut);
        files.removeAll(ignored.among(files));
        changed.addAll(files);
        return !files.isEmpty();
    }

    private void take(WatchKey key, Collection<Path> files) {
        Path folder = folders.getOrDefault(key, root);
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.context() instanceof Path name) {
                Path path = folder.resolve(name);
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    files.addAll(found(path));
                } else if (isOfInterest(path)) {
                    files.add(root.relativize(path));
                }
            }
        }
        if (!key.reset()) {
            folders.remove(key);
        }
    }

    /** The files that a new folder has already: they may have come before it was watched. */
    private Collection<Path> found(Path folder) {
        try {
            return folders.containsValue(folder) ? Set.of() : register(folder);
        } catch (IOException e) {
            return Set.of(); // it is gone again
        }
    }

    private Collection<Path> register(Path top) throws IOException {
        Set<Path> ignoredFolders = ignored.folders();
        Set<Path> files = new HashSet<>();
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!isOfInterest(folder) || ignoredFolders.contains(folder) || folders.size() >= MOST_FOLDERS) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                folders.put(
                        folder.register(
                                service,
                                StandardWatchEventKinds.ENTRY_CREATE,
                                StandardWatchEventKinds.ENTRY_MODIFY,
                                StandardWatchEventKinds.ENTRY_DELETE),
                        folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(root.relativize(file));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private boolean isOfInterest(Path path) {
        for (Path part : root.relativize(path)) {
            if (NEVER.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
