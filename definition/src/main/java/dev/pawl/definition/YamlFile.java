package dev.pawl.definition;

import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Reads files of a repository, which its author controls: links do not lead out of it, and sizes are bounded. */
final class YamlFile {
    private static final int MOST_BYTES = 1 << 20;

    private YamlFile() {}

    /** The text of pawl.yaml; empty if it cannot be had, which is reported. */
    static Optional<String> text(Path repository, Problems problems) {
        Path file = repository.resolve(PawlYaml.FILE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            problems.add(YamlPlace.START, "there is no such file in " + repository + "; every project has one");
            return Optional.empty();
        }
        byte[] bytes = bytes(file);
        if (bytes.length > MOST_BYTES) {
            problems.add(YamlPlace.START, "is larger than 1 MB");
            return Optional.empty();
        }
        return decoded(bytes, problems);
    }

    private static byte[] bytes(Path file) {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw PawlException.external("unreadable-pawl-yaml", file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<String> decoded(byte[] bytes, Problems problems) {
        var text = CharBuffer.allocate(bytes.length);
        var result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            problems.add(new YamlPlace("", line, 1), "has bytes that are not UTF-8");
            return Optional.empty();
        }
        return Optional.of(text.toString());
    }

    /** A file of the repository that a map may name. */
    static Optional<String> optional(YamlMap map, String key, Path repository) {
        Optional<String> path = map.optional(key, YamlFormat.RELATIVE_PATH);
        if (path.isPresent() && !isWithin(repository, path.get())) {
            map.problems().addUnlessTold(map.placeOf(key), "the repository has no file '" + path.get() + "'");
        }
        return path;
    }

    /** Whether there is such a file in the repository, and really in it: not behind a link that leads out. */
    static boolean isWithin(Path repository, String path) {
        try {
            Path real = repository.resolve(path).toRealPath();
            return real.startsWith(repository.toRealPath()) && Files.isRegularFile(real);
        } catch (IOException _) {
            return false;
        }
    }
}
