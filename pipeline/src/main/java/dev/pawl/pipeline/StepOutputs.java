package dev.pawl.pipeline;

import dev.pawl.definition.Definition.Output;
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
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What a step has declared to give, checked and kept once its program has succeeded. */
record StepOutputs(SortedMap<String, Output> declared, Path folder) {
    private static final long MOST_JSON_BYTES = 16L * 1024 * 1024;

    SortedMap<String, String> paths() {
        SortedMap<String, String> paths = new TreeMap<>();
        declared.forEach((name, output) -> paths.put(name, path(name, output).toString()));
        return paths;
    }

    /** The folder of outputs, and those of lists, are there before the step begins. */
    void makeFolders() {
        if (!declared.isEmpty()) {
            Folders.make(folder);
        }
        declared.forEach((name, output) -> {
            if (output.list()) {
                Folders.make(path(name, output));
            }
        });
    }

    /** Fails unless every output is there and is what was declared. */
    SortedMap<String, Digest> keep(Artifacts artifacts) {
        declared.forEach(this::check);
        SortedMap<String, Digest> digests = new TreeMap<>();
        declared.forEach((name, output) -> digests.put(name, artifacts.put(path(name, output))));
        return digests;
    }

    private Path path(String name, Output output) {
        return folder.resolve(output.list() ? name : name + output.type().ending());
    }

    private void check(String name, Output output) {
        Path path = path(name, output);
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw bad(name, "was not written; its path is in step.json (PAWL_STEP) under outputs." + name);
        }
        if (output.list()) {
            requireFolder(name, path);
            List<Path> items = Folders.entries(path);
            for (int i = 0; i < items.size(); i++) {
                checkItem(name, output.type(), items.get(i), ListItems.name(i, output.type()));
            }
        } else if (output.type() == OutputType.FOLDER) {
            requireFolder(name, path);
        } else {
            checkFile(name, output.type(), path);
        }
    }

    private static void checkItem(String name, OutputType type, Path file, String expected) {
        require(
                file.getFileName().toString().equals(expected),
                name,
                "is declared a list, but has " + file.getFileName() + " where " + expected + " is expected");
        checkFile(name, type, file);
    }

    private static void requireFolder(String name, Path path) {
        require(Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS), name, "is declared a folder, but is a file");
    }

    private static void checkFile(String name, OutputType type, Path file) {
        require(
                Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS),
                name,
                "must be a regular file, not a folder or link");
        switch (type) {
            case TABLE -> checkTable(name, file);
            case MODEL -> require(size(file) > 0, name, "is declared a model, but is empty");
            case REPORT -> checkReport(name, json(name, "report", file));
            case RECORD ->
                require(json(name, "record", file).isObject(), name, "is declared a record, but is no JSON object");
            case VALUE ->
                require(
                        isValue(json(name, "value", file)),
                        name,
                        "is declared a value, but is no JSON number, text or boolean");
            case FILE, FOLDER -> {} // anything will do
        }
    }

    private static void checkReport(String name, JsonNode report) {
        require(report.isObject(), name, "is declared a report, but is no JSON object");
        report.propertyStream()
                .forEach(entry -> require(
                        isValue(entry.getValue()),
                        name,
                        "is declared a report, but its '" + entry.getKey()
                                + "' is no number, text or boolean; a record may hold anything"));
    }

    private static boolean isValue(JsonNode json) {
        return json.isNumber() || json.isString() || json.isBoolean();
    }

    private static void checkTable(String name, Path file) {
        try (CsvReader table = CsvReader.open(file, file.getFileName().toString())) {
            require(table.next().isPresent(), name, "is declared a table, but has no row below its header");
        } catch (PawlException e) {
            throw e.code().equals("bad-csv") ? bad(name, "is declared a table, but is no CSV: " + e.text()) : e;
        }
    }

    private static JsonNode json(String name, String what, Path file) {
        require(size(file) <= MOST_JSON_BYTES, name, "is a " + what + " of more than " + MOST_JSON_BYTES + " bytes");
        try {
            return Json.tree(Files.readString(file));
        } catch (PawlException e) {
            throw e.code().equals("bad-json")
                    ? bad(name, "is declared a " + what + ", but is no JSON: " + e.text())
                    : e;
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
