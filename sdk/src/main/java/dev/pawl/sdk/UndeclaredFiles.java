package dev.pawl.sdk;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells which files a step may not read without saying so. For use by one thread. */
final class UndeclaredFiles {
    /** A file is read in many pieces. */
    private static final int MOST_KNOWN = 1_000;

    private final List<Path> places;
    private final Map<String, Optional<Path>> known = new HashMap<>();

    /** @param places folders and files, as real paths, whose content may be read */
    UndeclaredFiles(List<Path> places) {
        this.places = places;
    }

    /** The real path of such a file; empty for one that may be read. */
    Optional<Path> find(@Nullable String path) {
        if (path == null) {
            return Optional.empty();
        }
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        return known.computeIfAbsent(
                path, _ -> real(path).filter(file -> places.stream().noneMatch(file::startsWith)));
    }

    /** Where links lead; what is gone already is called as the step did. */
    private static Optional<Path> real(String path) {
        try {
            Path file = Path.of(path).toAbsolutePath().normalize();
            try {
                return Optional.of(file.toRealPath());
            } catch (IOException _) {
                return Optional.of(file);
            }
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
