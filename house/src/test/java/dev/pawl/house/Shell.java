package dev.pawl.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs commands as a person at a terminal would, with an environment that the test chooses.
///
/// @param folder where commands run
/// @param environment what is added to this process's environment
record Shell(Path folder, Map<String, String> environment) {
    /// A demo takes up to three minutes on two cores: what takes twice that hangs.
    private static final long MOST_SECONDS = 360;

    /// @param exit the exit code
    /// @param out what came on standard output
    /// @param err what came on standard error
    record Result(int exit, String out, String err) {}

    Shell with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Shell(folder, Map.copyOf(more));
    }

    Result run(String... command) {
        try {
            return finish(start(command));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("cannot run " + String.join(" ", command), e);
        }
    }

    private Started start(String... command) throws IOException {
        Path out = Files.createTempFile("shell", ".out");
        Path err = Files.createTempFile("shell", ".err");
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, err);
    }

    private static Result finish(Started started) throws IOException, InterruptedException {
        Process process = started.process();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        Result result = new Result(process.exitValue(), Repository.read(started.out()), Repository.read(started.err()));
        Files.delete(started.out());
        Files.delete(started.err());
        return result;
    }

    private record Started(Process process, Path out, Path err) {}
}
