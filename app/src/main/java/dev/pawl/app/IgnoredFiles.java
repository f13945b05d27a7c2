package dev.pawl.app;

import dev.pawl.executor.Commands;
import dev.pawl.executor.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What git ignores in a working copy; nothing where there is no git. */
record IgnoredFiles(Path root, Commands commands) {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String WHICH = "git check-ignore -z --stdin < \"$ASIDE/files\" > \"$ASIDE/answer\"";
    private static final String FOLDERS =
            "git ls-files -z --others --ignored --exclude-standard --directory > \"$ASIDE/answer\"";

    /** @param files relative to the root, as are those that come back */
    Set<Path> among(Collection<Path> files) {
        return files.isEmpty()
                ? Set.of()
                : asked(WHICH, files.stream().map(Path::toString).collect(Collectors.joining("\0"))).stream()
                        .map(Path::of)
                        .collect(Collectors.toSet());
    }

    /** The whole folders. */
    Set<Path> folders() {
        return asked(FOLDERS, "").stream()
                .filter(name -> name.endsWith("/"))
                .map(name -> root.resolve(name).normalize())
                .collect(Collectors.toSet());
    }

    private Set<String> asked(String script, String files) {
        try {
            Path aside = Files.createTempDirectory("pawl-watch");
            try {
                Files.writeString(aside.resolve("files"), files);
                commands.run(Commands.Command.shell(
                        script, root, Map.of("ASIDE", aside.toString()), aside.resolve("log"), TIMEOUT));
                return answer(aside.resolve("answer"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Set.of();
            } finally {
                Folders.delete(aside);
            }
        } catch (IOException e) {
            throw Folders.trouble("ask git what it ignores", e);
        }
    }

    private static Set<String> answer(Path file) throws IOException {
        return Files.exists(file)
                ? Arrays.stream(Files.readString(file).split("\0"))
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toSet())
                : Set.of();
    }
}
