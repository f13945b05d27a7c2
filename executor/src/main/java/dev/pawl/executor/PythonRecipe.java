package dev.pawl.executor;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the Python environment that a file asks for is made.
 *
 * @param file the requirements or lock file
 * @param files all whose content matters
 */
record PythonRecipe(Path file, Set<Path> files, Tool tool) {
    private static final String PYTHON = "python3";

    /** What makes the environment. */
    enum Tool {
        PIP,
        UV_PIP,
        UV_SYNC,
        POETRY
    }

    /** @throws PawlException if the file is of no known kind, or what it needs is not installed */
    static PythonRecipe of(Path file, Commands commands) {
        String name = file.getFileName().toString();
        if (name.equals("uv.lock")) {
            return new PythonRecipe(file, withProject(file), required(commands, "uv", file, Tool.UV_SYNC));
        }
        if (name.equals("poetry.lock")) {
            return new PythonRecipe(file, withProject(file), required(commands, "poetry", file, Tool.POETRY));
        }
        if (name.startsWith("pylock.") && name.endsWith(".toml")) {
            return new PythonRecipe(file, Set.of(file), required(commands, "uv", file, Tool.UV_PIP));
        }
        if (name.endsWith(".txt")) {
            return new PythonRecipe(file, RequirementsFile.files(file), commands.has("uv") ? Tool.UV_PIP : Tool.PIP);
        }
        throw PawlException.user(
                "bad-requirements",
                "The Python requirements " + file
                        + " are of no known kind: name a requirements .txt, a pylock.toml, a uv.lock or a poetry.lock");
    }

    /** @param python the interpreter's version and platform */
    Digest digest(String python) {
        MessageDigest sha = Digest.sha256();
        feed(sha, python + "\n" + tool + "\n");
        try {
            for (Path one : files) {
                byte[] content = Files.readAllBytes(one);
                feed(sha, file.relativize(one) + " " + content.length + "\n");
                sha.update(content);
            }
        } catch (IOException e) {
            throw PawlException.user("bad-requirements", "The Python requirements " + file + " cannot be read: " + e);
        }
        return Digest.of(sha);
    }

    /** The commands that make the environment in this folder, one after the other, run beside the file. */
    List<List<String>> lines(Path venv) {
        String python = venv.resolve("bin").resolve("python").toString();
        return switch (tool) {
            case PIP ->
                List.of(
                        List.of(PYTHON, "-m", "venv", venv.toString()),
                        List.of(python, "-m", "pip", "install", "--no-input", "-r", file.toString()));
            case UV_PIP ->
                List.of(uvVenv(venv), List.of("uv", "pip", "install", "--python", python, "-r", file.toString()));
            case UV_SYNC ->
                List.of(uvVenv(venv), List.of("uv", "sync", "--frozen", "--no-dev", "--no-install-project"));
            case POETRY ->
                List.of(
                        List.of(PYTHON, "-m", "venv", venv.toString()),
                        List.of("poetry", "install", "--no-interaction", "--no-root", "--only", "main"));
        };
    }

    /** What the commands must be told besides. Steps write no compiled modules, so that they are made once, here: pip does anyway. */
    static Map<String, String> variables(Path venv) {
        return Map.of(
                "VIRTUAL_ENV", venv.toString(),
                "PIP_DISABLE_PIP_VERSION_CHECK", "1",
                "UV_PROJECT_ENVIRONMENT", venv.toString(),
                "UV_PYTHON_DOWNLOADS", "never",
                "UV_COMPILE_BYTECODE", "1",
                "POETRY_VIRTUALENVS_CREATE", "false");
    }

    private static List<String> uvVenv(Path venv) {
        return List.of("uv", "venv", "--python", PYTHON, venv.toString());
    }

    private static Set<Path> withProject(Path lock) {
        Path project = lock.resolveSibling("pyproject.toml");
        if (!Files.isRegularFile(project)) {
            throw PawlException.user(
                    "bad-requirements", lock + " needs the pyproject.toml that it was made from beside it");
        }
        return new LinkedHashSet<>(List.of(lock, project));
    }

    private static Tool required(Commands commands, String program, Path file, Tool tool) {
        if (!commands.has(program)) {
            throw PawlException.user(
                    "no-" + program,
                    "%s needs '%s', which is not on the PATH of the server: install it, or name a requirements .txt instead"
                            .formatted(file, program));
        }
        return tool;
    }

    private static void feed(MessageDigest sha, String text) {
        sha.update(text.getBytes(StandardCharsets.UTF_8));
    }
}
