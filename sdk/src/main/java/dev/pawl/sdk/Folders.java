package dev.pawl.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Folders as outputs, and lists, which are folders of numbered files. */
final class Folders {
    /** As many as six digits can number. */
    static final int MOST_ELEMENTS = 1_000_000;

    private Folders() {}

    static Path make(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder " + folder + ": " + e, e);
        }
    }

    /** The name of an element of a list, by its number from 0. */
    static String element(int number, Kind kind) {
        return String.format(Locale.ROOT, "%06d", number) + kind.ending();
    }

    /**
     * The files of a list, in its order.
     *
     * @throws UncheckedIOException when it cannot be read
     */
    static List<Path> elements(Path list) {
        try (Stream<Path> files = Files.list(list)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the list " + list + ": " + e, e);
        }
    }

    /** Copies a folder with all the regular files below it. */
    static void copy(Path from, Path to) {
        if (!Files.isDirectory(from)) {
            throw new ContractException("The step returned the path " + from + ", where there is no folder");
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                copyOne(one, to.resolve(from.relativize(one).toString()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy " + from + " to " + to + ": " + e, e);
        }
    }

    private static void copyOne(Path from, Path to) throws IOException {
        if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(to);
        } else if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(from, to);
        } else {
            throw new ContractException(
                    "The folder that the step returned holds " + from + ", which is no regular file: give files only");
        }
    }

    /** Deletes what is there, as far as it can be deleted. */
    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.toList().reversed()) {
                Files.deleteIfExists(one);
            }
        } catch (IOException | UncheckedIOException e) {
            // what is left over is in the folder for temporary files
        }
    }
}
