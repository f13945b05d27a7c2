package dev.pawl.ci;

import static java.util.Objects.requireNonNull;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Artifacts;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What one of a project's own checks says of itself, beside its exit code; see docs/reference/check-contract.md.
 *
 * @param evidence a JSON object
 * @param files artifacts by their paths in the verdict's folder
 */
record OwnVerdict(Optional<String> summary, Optional<JsonNode> evidence, SortedMap<String, Digest> files) {
    static final String FILE = "verdict.json";
    static final int MOST_BYTES = 1024 * 1024;
    static final int MOST_FILES = 20;
    static final long MOST_FILE_BYTES = 16L * 1024 * 1024;

    private static final int LONGEST_SUMMARY = 1_000;
    private static final int DEEPEST = 20;
    private static final List<String> KEYS = List.of("evidence", "files", "summary");

    static OwnVerdict none() {
        return new OwnVerdict(Optional.empty(), Optional.empty(), new TreeMap<>());
    }

    /**
     * Nothing, if there is no such file.
     *
     * @param folder that was the command's, which is over
     * @throws PawlException if the file, or one that it names, is not as it must be
     */
    static OwnVerdict read(Path folder, Artifacts artifacts) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return none();
        }
        requireOwn(folder);
        JsonNode said = tree(file);
        if (!said.isObject()) {
            throw wrong("must be a JSON object, which may have " + KEYS);
        }
        said.propertyNames().stream()
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw wrong("has an unknown key '%s'; it may have %s".formatted(key, KEYS));
                });
        return new OwnVerdict(
                Optional.ofNullable(said.get("summary")).map(OwnVerdict::summary),
                Optional.ofNullable(said.get("evidence")).map(OwnVerdict::evidence),
                files(said.get("files") == null ? List.of() : names(said.get("files")), folder, artifacts));
    }

    /** In a container the command owns what the folder is in, too. */
    private static void requireOwn(Path folder) {
        if (!Folders.isPlainlyWithin(requireNonNull(folder.getParent()), folder)) {
            throw wrong("is not where it should be: a link leads to it");
        }
    }

    private static JsonNode tree(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw wrong("is no regular file");
            } else if (Files.size(file) > MOST_BYTES) {
                throw wrong("has more than %,d bytes".formatted(MOST_BYTES));
            }
            return Json.tree(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw wrong("is not UTF-8");
        } catch (IOException e) {
            throw Folders.trouble("read " + file, e);
        } catch (PawlException e) {
            throw e.code().equals("bad-json") ? wrong("is wrong: " + e.text()) : e;
        }
    }

    private static String summary(JsonNode node) {
        String text = node.isString() ? node.stringValue() : "";
        if (text.isBlank() || text.length() > LONGEST_SUMMARY || text.chars().anyMatch(Character::isISOControl)) {
            throw wrong(
                    "has a 'summary' that is not one line of text with 1 to %,d characters".formatted(LONGEST_SUMMARY));
        }
        return text.strip();
    }

    private static JsonNode evidence(JsonNode node) {
        if (!node.isObject() || isDeeper(node, DEEPEST)) {
            throw wrong("has 'evidence' that is not a JSON object, " + DEEPEST + " levels deep at the most");
        }
        return node;
    }

    private static boolean isDeeper(JsonNode node, int levels) {
        return node.isContainer()
                && (levels == 0 || node.values().stream().anyMatch(child -> isDeeper(child, levels - 1)));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.values().forEach(name -> names.add(name.isString() ? name.stringValue() : ""));
        if (!node.isArray() || names.size() > MOST_FILES || names.contains("")) {
            throw wrong("has 'files' that are not a list of %d paths at the most".formatted(MOST_FILES));
        }
        return names;
    }

    private static SortedMap<String, Digest> files(List<String> names, Path folder, Artifacts artifacts) {
        SortedMap<String, Digest> files = new TreeMap<>();
        long bytes = 0;
        for (String name : names) {
            Path file = file(name, folder);
            try {
                bytes += Files.size(file);
            } catch (IOException e) {
                throw Folders.trouble("read " + file, e);
            }
            if (bytes > MOST_FILE_BYTES) {
                throw wrong("names files of more than %,d bytes together".formatted(MOST_FILE_BYTES));
            }
            files.put(folder.relativize(file).toString(), artifacts.put(file));
        }
        return files;
    }

    /** No link leads out of the folder, nor within it. */
    private static Path file(String name, Path folder) {
        try {
            Path file = folder.resolve(name).normalize();
            if (name.chars().anyMatch(Character::isISOControl)) {
                throw wrong("names a file with control characters in its name");
            } else if (!file.startsWith(folder) || file.equals(folder)) {
                throw wrong("names '%s', which is not in its folder".formatted(name));
            } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || !Folders.isPlainlyWithin(folder, file)) {
                throw wrong("names '%s', which is not there or no regular file".formatted(name));
            }
            return file;
        } catch (InvalidPathException e) {
            throw wrong("names '%s', which is no path".formatted(name));
        }
    }

    private static PawlException wrong(String what) {
        return PawlException.user("bad-verdict", FILE + " " + what);
    }

    /** As the evidence of the check has it; what the project says stands by itself. */
    Map<String, Object> with(Map<String, Object> known) {
        Map<String, Object> all = new TreeMap<>(known);
        evidence.ifPresent(node -> all.put("evidence", node));
        if (!files.isEmpty()) {
            all.put("files", files);
        }
        return all;
    }
}
