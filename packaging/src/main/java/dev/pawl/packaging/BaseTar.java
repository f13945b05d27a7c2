package dev.pawl.packaging;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A base image that is a file of the repository, looked at before an image's builder believes it: the builder opens whatever file the
 * tar names as configuration or layer, and knows layers by the digest that the tar claims.
 */
record BaseTar(Path source, String base) {
    private static final int MOST_ENTRIES = 10_000;
    private static final int LARGEST_JSON = 4 * 1024 * 1024;
    private static final long MOST_BYTES = 64L * 1024 * 1024 * 1024;
    private static final int BUFFER = 64 * 1024;
    private static final String MANIFEST = "manifest.json";

    /** @param diffId the digest of the layer that it is, if it is one, not compressed */
    private record Entry(Digest diffId, boolean compressed) {}

    /** @throws PawlException if it is not what it says */
    void requireSound() {
        try {
            Path tar = source.resolve(base);
            if (!tar.toRealPath().startsWith(source.toRealPath()) || !Files.isRegularFile(tar)) {
                throw refused("it is not a file within the repository");
            }
            Map<String, Entry> entries = entries(tar);
            JsonNode image = Json.tree(text(tar, MANIFEST)).path(0);
            String config = only(image, "Config").asString("");
            require(entries, "Config", config);
            List<String> layers = new ArrayList<>();
            only(image, "Layers").forEach(layer -> layers.add(layer.asString("")));
            layers.forEach(layer -> require(entries, "Layers", layer));
            compare(layers, entries, Json.tree(text(tar, config)).at("/rootfs/diff_ids"));
        } catch (IOException | IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
    }

    /** The builder takes the name in any case. */
    private JsonNode only(JsonNode image, String name) {
        List<JsonNode> found = image.propertyStream()
                .filter(property -> property.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
        if (found.size() != 1) {
            throw refused("%s must have one '%s'".formatted(MANIFEST, name));
        }
        return found.getFirst();
    }

    private void require(Map<String, Entry> entries, String what, String name) {
        if (!entries.containsKey(name)) {
            throw refused("%s names '%s' in '%s', which is not a file of the tar".formatted(MANIFEST, name, what));
        }
    }

    private void compare(List<String> layers, Map<String, Entry> entries, JsonNode diffIds) {
        if (diffIds.size() != layers.size()) {
            throw refused("it has %d layers, its configuration tells of %d".formatted(layers.size(), diffIds.size()));
        }
        Set<Boolean> compressed = new HashSet<>();
        for (int at = 0; at < layers.size(); at++) {
            Entry layer = Optional.ofNullable(entries.get(layers.get(at))).orElseThrow();
            String claimed = diffIds.path(at).asString("");
            compressed.add(layer.compressed());
            if (!layer.diffId().value().equals(claimed)) {
                throw refused("layer '%s' is %s, its configuration says '%s'"
                        .formatted(layers.get(at), layer.diffId(), claimed));
            }
        }
        if (compressed.size() > 1) {
            throw refused("some of its layers are compressed and some are not");
        }
    }

    /** Its regular files. Links and folders have no content; nothing may follow them. */
    private Map<String, Entry> entries(Path tar) throws IOException {
        Map<String, Entry> entries = new HashMap<>();
        Set<String> names = new HashSet<>();
        Set<String> links = new HashSet<>();
        long left = MOST_BYTES;
        try (TarArchiveInputStream in = open(tar)) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String name = entry.isDirectory() ? entry.getName().replaceFirst("/$", "") : entry.getName();
                if (!ArchiveReading.isSane(name) || !names.add(name) || names.size() > MOST_ENTRIES) {
                    throw refused("'%s' is no sane name, is there twice, or is one of more than %,d"
                            .formatted(name, MOST_ENTRIES));
                }
                if (ArchiveReading.isPlain(entry)) {
                    Counted counted = new Counted(left);
                    entries.put(name, counted.read(in));
                    left = counted.left;
                } else if (entry.isSymbolicLink()) {
                    links.add(name);
                } else if (!entry.isDirectory()) {
                    throw refused("'%s' is neither a file, a folder nor a link".formatted(name));
                }
            }
        }
        requireNothingBehind(links, names);
        return entries;
    }

    /** The builder makes links: what is written through one lands anywhere. */
    private void requireNothingBehind(Set<String> links, Set<String> names) {
        for (String name : names) {
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                if (links.contains(name.substring(0, slash))) {
                    throw refused("'%s' lies behind a link".formatted(name));
                }
            }
        }
    }

    private String text(Path tar, String name) throws IOException {
        try (TarArchiveInputStream in = open(tar)) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(name) && entry.getSize() <= LARGEST_JSON) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw refused("'%s' is not in it, or longer than %,d bytes".formatted(name, LARGEST_JSON));
    }

    private static TarArchiveInputStream open(Path tar) throws IOException {
        return new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(tar)), "UTF-8");
    }

    private PawlException refused(@Nullable String why) {
        return PawlException.user(
                "bad-base-image",
                "The image could not be built on '%s' (ci.image.base): %s. A file must be what 'podman save --format docker-archive' writes"
                        .formatted(base, why));
    }

    /** One file after the other, until there is too much of it. */
    private final class Counted {
        private long left;

        Counted(long left) {
            this.left = left;
        }

        Entry read(InputStream entry) throws IOException {
            BufferedInputStream in = new BufferedInputStream(entry);
            in.mark(2);
            boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            MessageDigest sha = Digest.sha256();
            InputStream content = compressed ? new GZIPInputStream(in) : in;
            byte[] buffer = new byte[BUFFER];
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                sha.update(buffer, 0, n);
                left -= n;
                if (left < 0) {
                    throw refused("it is larger than %,d bytes".formatted(MOST_BYTES));
                }
            }
            return new Entry(Digest.of(sha), compressed);
        }
    }
}
