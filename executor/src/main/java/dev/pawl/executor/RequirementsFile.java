package dev.pawl.executor;

import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which files a Python requirements file is made of: itself, those that it includes, and wheels that lie beside it. */
final class RequirementsFile {
    private static final Pattern INCLUDE =
            Pattern.compile("(?:-r|--requirement|-c|--constraint)(?:\\s+|=)?(?<file>\\S+)");
    private static final Pattern EDITABLE = Pattern.compile("(?:-e|--editable)\\b.*");
    private static final int MOST_FILES = 100;

    private final Set<Path> files = new LinkedHashSet<>();

    private RequirementsFile() {}

    /** @throws PawlException for what has no content that could be told: folders and editable packages */
    static Set<Path> files(Path file) {
        RequirementsFile all = new RequirementsFile();
        all.add(file.normalize());
        return all.files;
    }

    private void add(Path file) {
        if (!files.add(file)) {
            return;
        }
        if (files.size() > MOST_FILES) {
            throw bad(file, "it includes more than " + MOST_FILES + " files");
        }
        for (String line : lines(file)) {
            addFrom(file, line.strip());
        }
    }

    private void addFrom(Path file, String line) {
        Matcher include = INCLUDE.matcher(line);
        if (include.matches()) {
            add(file.resolveSibling(include.group("file")).normalize());
        } else if (EDITABLE.matcher(line).matches()) {
            throw bad(
                    file,
                    "'" + line + "' is not the same everywhere: build a wheel of it, or put its folder on PYTHONPATH");
        } else if (line.startsWith(".") || line.startsWith("/")) {
            addLocal(file, file.resolveSibling(line).normalize());
        }
    }

    private void addLocal(Path file, Path local) {
        if (!Files.isRegularFile(local)) {
            throw bad(
                    file, "'" + local + "' is not a file: only wheels and archives can be installed from the package");
        }
        files.add(local);
    }

    private static Iterable<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw bad(file, "cannot be read: " + e);
        }
    }

    private static PawlException bad(Path file, String why) {
        return PawlException.user("bad-requirements", "The requirements file " + file + ": " + why);
    }
}
