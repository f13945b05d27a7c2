package dev.pawl.executor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a program may read without saying so: its own folder, its package, and what makes the machine run programs at all. For use by one
 * thread.
 */
final class ReadablePlaces {
    /** Libraries and programs of the system, and what they are set up with. */
    private static final List<String> SYSTEM = List.of(
            "/bin",
            "/sbin",
            "/usr",
            "/lib",
            "/lib32",
            "/lib64",
            "/libx32",
            "/etc",
            "/proc",
            "/sys",
            "/dev",
            "/run",
            "/nix/store",
            "/gnu/store");

    /** Folders of programs whose parent is where the whole of them is installed. */
    private static final Set<String> OF_PROGRAMS = Set.of("bin", "sbin", "libexec", "shims");

    /** A program in {@code /opt/bin} does not make all of {@code /opt} its own. */
    private static final int SHORTEST_PREFIX = 2;

    private static final int MOST = 1_000;

    private final Set<Path> places = new LinkedHashSet<>();
    private final Path home;

    ReadablePlaces(Path home, Stream<Path> own) {
        this.home = home;
        SYSTEM.forEach(place -> add(Path.of(place)));
        own.forEach(this::add);
    }

    /** Links lead to their targets: what a program is seen to read is told so. */
    private void add(Path place) {
        if (places.size() < MOST) {
            places.add(place.toAbsolutePath().normalize());
            places.add(real(place));
        }
    }

    /** A program that runs may read what it is installed with: the libraries of an interpreter, for example. */
    void addInstallation(Path program) {
        addPrefix(program.normalize());
        addPrefix(real(program));
    }

    boolean has(Path file) {
        return places.stream().anyMatch(file::startsWith);
    }

    List<String> texts() {
        List<String> texts = new ArrayList<>();
        places.forEach(place -> texts.add(place.toString()));
        return texts;
    }

    private void addPrefix(Path program) {
        Path folder = program.getParent();
        if (folder != null && OF_PROGRAMS.contains(String.valueOf(folder.getFileName()))) {
            Path prefix = folder.getParent();
            add(prefix != null && isOfPrograms(prefix) ? prefix : folder);
        }
    }

    private boolean isOfPrograms(Path prefix) {
        return prefix.getNameCount() >= SHORTEST_PREFIX && !home.startsWith(prefix);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return path.toAbsolutePath().normalize();
        }
    }
}
