package dev.pawl.executor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The living processes that have a variable with this value, wherever they come from. */
record Processes(String token) {
    static final String TOKEN = "TOKEN_OF_THE_TEST";

    List<String> all() {
        return ProcessHandle.allProcesses()
                .filter(ProcessTree::lives)
                .filter(this::isMeant)
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse("?"))
                .toList();
    }

    List<String> named(String part) {
        return all().stream().filter(process -> process.contains(part)).toList();
    }

    private boolean isMeant(ProcessHandle process) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
            return new String(environment, StandardCharsets.UTF_8).contains(TOKEN + "=" + token + "\0");
        } catch (IOException _) {
            return false; // it has ended, or is somebody else's
        }
    }
}
