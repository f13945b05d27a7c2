package dev.pawl.pipeline;

import dev.pawl.definition.Definition.OutputType;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a step has declared to give, checked and kept once its process has succeeded. */
record StepOutputs(SortedMap<String, OutputType> declared, Path folder) {
    private static final long MOST_REPORT_BYTES = 16L * 1024 * 1024;

    SortedMap<String, String> paths() {
        SortedMap<String, String> paths = new TreeMap<>();
        declared.forEach((name, type) -> paths.put(name, path(name, type).toString()));
        return paths;
    }

    /** Fails unless every output is there and is what was declared. */
    SortedMap<String, Digest> keep(Artifacts artifacts) {
        declared.forEach(this::check);
        SortedMap<String, Digest> digests = new TreeMap<>();
        declared.forEach((name, type) -> digests.put(name, artifacts.put(path(name, type))));
        return digests;
    }

    private Path path(String name, OutputType type) {
        return folder.resolve(name + type.ending());
    }

    private void check(String name, OutputType type) {
        Path path = path(name, type);
        boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw bad(name, "was not written; its path is in step.json (PAWL_STEP) under outputs." + name);
        }
        if (type == OutputType.FOLDER) {
            require(isFolder, name, "is declared a folder, but is a file");
            return;
        }
        require(
                Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS),
                name,
                "must be a regular file, not a folder or link");
        checkContent(name, type, path);
    }

    private static void checkContent(String name, OutputType type, Path file) {
        switch (type) {
            case TABLE -> checkTable(name, file);
            case MODEL -> require(size(file) > 0, name, "is declared a model, but is empty");
            case REPORT -> checkReport(name, file);
            case FILE, FOLDER -> {} // anything will do
        }
    }

    private static void checkTable(String name, Path file) {
        try (CsvReader table = CsvReader.open(file, file.getFileName().toString())) {
            require(table.next().isPresent(), name, "is declared a table, but has no row below its header");
        } catch (PawlException e) {
            throw e.code().equals("bad-csv") ? bad(name, "is declared a table, but is no CSV: " + e.text()) : e;
        }
    }

    private static void checkReport(String name, Path file) {
        require(size(file) <= MOST_REPORT_BYTES, name, "is a report of more than " + MOST_REPORT_BYTES + " bytes");
        try {
            require(Json.tree(Files.readString(file)).isObject(), name, "is declared a report, but is no JSON object");
        } catch (PawlException e) {
            throw e.code().equals("bad-json") ? bad(name, "is declared a report, but is no JSON: " + e.text()) : e;
        } catch (IOException e) {
            throw Folders.trouble("read " + file, e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw Folders.trouble("read " + file, e);
        }
    }

    private static void require(boolean right, String name, String otherwise) {
        if (!right) {
            throw bad(name, otherwise);
        }
    }

    private static PawlException bad(String name, String what) {
        return PawlException.user("bad-output", "its output '" + name + "' " + what);
    }
}
