package dev.pawl.executor;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Python environments, made once for each content of a requirements or lock file and each Python, and kept: those in use, and a bounded
 * number of others. An environment cannot be moved, so it is made in its place, and a file beside it says when it is complete. Safe for
 * use by many threads; the folder is this process's own.
 */
final class PythonEnvironments {
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
    private static final String WHO_ARE_YOU =
            "import sys, sysconfig; print(sys.executable, sys.version, sysconfig.get_platform())";
    private static final String COMPLETE = ".complete";
    private static final String BUILDER = ".builder";
    private static final String GONE = ".gone";

    private final Commands commands;
    private final PythonBuild build;
    private final Path folder;
    private final int most;
    private final Map<Digest, Place> inUse = new HashMap<>();
    private Optional<String> python = Optional.empty();

    /** @param most how many are kept beside those in use */
    PythonEnvironments(Commands commands, Path folder, int most) {
        this.commands = commands;
        this.build = new PythonBuild(commands);
        this.folder = folder;
        this.most = most;
    }

    /** Where one environment is or will be. Those who want it at the same time share one building of it, or its failure. */
    private static final class Place {
        private final ReentrantLock building = new ReentrantLock();
        private int users;
        private Optional<PawlException> failure = Optional.empty();
    }

    /** An environment made of this file, now or earlier. How it is made is told in the log. */
    PythonEnvironment take(Path requirements, StepLog log) throws InterruptedException {
        PythonRecipe recipe = PythonRecipe.of(requirements.toAbsolutePath(), commands);
        Digest digest = recipe.digest(python());
        Place place = enter(digest);
        boolean taken = false;
        try {
            require(recipe, digest, place, log);
            taken = true;
            return new PythonEnvironment(venv(digest), () -> leave(digest));
        } finally {
            if (!taken) {
                leave(digest);
            }
        }
    }

    /** Ends what a server that died was building here, and deletes what it left. */
    void endLeftovers() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (Path entry : Folders.entries(folder)) {
            String name = entry.getFileName().toString();
            if (name.endsWith(BUILDER) && !isInUse(name)) {
                build.endLeftover(entry);
            } else if (name.endsWith(GONE)) {
                Folders.delete(entry);
            }
        }
    }

    private void require(PythonRecipe recipe, Digest digest, Place place, StepLog log) throws InterruptedException {
        place.building.lockInterruptibly();
        try {
            if (!isComplete(digest)) {
                make(recipe, digest, place, log);
            }
            touch(digest);
        } finally {
            place.building.unlock();
        }
    }

    /** Who is interrupted here leaves the building to the next one; another failure is that of all who wait. */
    private void make(PythonRecipe recipe, Digest digest, Place place, StepLog log) throws InterruptedException {
        if (place.failure.isPresent()) {
            throw place.failure.get();
        }
        try {
            Folders.make(folder);
            build.run(recipe, venv(digest), beside(digest, BUILDER), log);
            Files.writeString(beside(digest, COMPLETE), digest.value());
            dropOldest();
        } catch (IOException e) {
            throw Folders.trouble("write to " + folder, e);
        } catch (PawlException e) {
            place.failure = Optional.of(e);
            throw e;
        }
    }

    private Place enter(Digest digest) {
        synchronized (inUse) {
            Place place = inUse.computeIfAbsent(digest, _ -> new Place());
            place.users++;
            return place;
        }
    }

    private void leave(Digest digest) {
        synchronized (inUse) {
            inUse.computeIfPresent(digest, (_, place) -> --place.users == 0 ? null : place);
        }
    }

    private boolean isInUse(String fileName) {
        synchronized (inUse) {
            return inUse.keySet().stream().anyMatch(digest -> fileName.startsWith(digest.brief()));
        }
    }

    private void dropOldest() throws IOException {
        List<Path> dropped = new ArrayList<>();
        synchronized (inUse) {
            List<Path> idle = Folders.entries(folder).stream()
                    .filter(entry -> entry.getFileName().toString().endsWith(COMPLETE))
                    .filter(entry -> !isInUse(entry.getFileName().toString()))
                    .sorted(Comparator.comparing(PythonEnvironments::lastUse).reversed())
                    .toList();
            for (Path marker : idle.subList(Math.min(most, idle.size()), idle.size())) {
                dropped.add(drop(marker));
            }
        }
        dropped.forEach(Folders::delete);
    }

    /** Out of the way at once; deleting takes its time. */
    private Path drop(Path marker) throws IOException {
        String name = marker.getFileName().toString().replace(COMPLETE, "");
        Path gone = folder.resolve(name + "-" + Ids.system().next() + GONE);
        Files.delete(marker);
        Files.move(folder.resolve(name), gone, StandardCopyOption.ATOMIC_MOVE);
        return gone;
    }

    private boolean isComplete(Digest digest) {
        try {
            return Files.readString(beside(digest, COMPLETE)).equals(digest.value());
        } catch (IOException _) {
            return false;
        }
    }

    private void touch(Digest digest) {
        try {
            Files.setLastModifiedTime(
                    beside(digest, COMPLETE), FileTime.from(commands.clock().now()));
        } catch (IOException e) {
            throw Folders.trouble("write to " + folder, e);
        }
    }

    private static FileTime lastUse(Path marker) {
        try {
            return Files.getLastModifiedTime(marker);
        } catch (IOException e) {
            throw Folders.trouble("read " + marker, e);
        }
    }

    private Path venv(Digest digest) {
        return folder.resolve(digest.brief());
    }

    private Path beside(Digest digest, String ending) {
        return folder.resolve(digest.brief() + ending);
    }

    /** Asked once: another Python is there after a restart. */
    private synchronized String python() throws InterruptedException {
        if (python.isEmpty()) {
            Answer answer = commands.ask(List.of("python3", "-c", WHO_ARE_YOU), Folders.make(folder), LONGEST_ANSWER);
            if (!answer.isGood()) {
                throw PawlException.user(
                        "no-python",
                        "A step has Python requirements, and 'python3' does not work on the server: install it with its"
                                + " venv module. It says: " + answer.text());
            }
            python = Optional.of(answer.text());
        }
        return python.get();
    }
}
