package dev.pawl.executor;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;

/** A Python environment in use; closing gives it back. */
record PythonEnvironment(Path venv, Runnable giveBack) implements AutoCloseable {
    /** So that a command finds it first, and writes nothing beside its sources, which other steps share. */
    void addTo(Map<String, String> variables, String path) {
        String rest = variables.getOrDefault("PATH", path);
        variables.put("PATH", venv.resolve("bin") + File.pathSeparator + rest);
        variables.put("VIRTUAL_ENV", venv.toString());
        variables.putIfAbsent("PYTHONDONTWRITEBYTECODE", "1");
    }

    @Override
    public void close() {
        giveBack.run();
    }
}
