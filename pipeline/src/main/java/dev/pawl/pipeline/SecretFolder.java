package dev.pawl.pipeline;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Secrets in files, each encrypted, which only their owner may read; the key lies beside them in a file of its own and in no database.
 * They are read when a step begins, so that a server sees at once what is set while it runs. Safe for use by many threads and
 * processes.
 */
public final class SecretFolder implements Secrets {
    /** Shorter ones could not be kept out of logs: they would be found in ordinary words. */
    public static final int SHORTEST = 4;

    public static final int MOST_BYTES = 64 * 1024;
    private static final String KEY = ".key";

    private final Path pawl;
    private final Path folder;
    private final Clock clock;
    private final Ids ids;
    private final PrivateFiles files;

    private SecretFolder(Path pawl, Clock clock, Ids ids) {
        this.pawl = pawl;
        this.folder = pawl.resolve("secrets");
        this.clock = clock;
        this.ids = ids;
        this.files = new PrivateFiles(ids);
    }

    /** @param pawl the folder in which a Pawl keeps everything */
    public static SecretFolder in(Path pawl, Clock clock, Ids ids) {
        return new SecretFolder(pawl.toAbsolutePath().normalize(), clock, ids);
    }

    /** What may be known of a secret. */
    public record Listed(SecretName name, Instant setAt) {}

    private record Sealed(String version, Instant setAt, String box) {}

    /** One of the project's own, else one of every project. */
    @Override
    public Optional<Secret> find(ProjectName project, String name) {
        return read(new SecretName(Optional.of(project), name)).or(() -> read(new SecretName(Optional.empty(), name)));
    }

    @Override
    public String command(ProjectName project, String name) {
        return "pawl secret set --folder %s --for %s %s".formatted(pawl, project, name);
    }

    /** Sets a secret, or gives it another value; its version is another one in any case. */
    public void set(SecretName name, String value) {
        check(name, value);
        String version = ids.next();
        byte[] box = key().seal(bound(name, version), value.getBytes(StandardCharsets.UTF_8));
        var sealed = new Sealed(version, clock.now(), Base64.getEncoder().encodeToString(box));
        files.write(file(name), Json.write(sealed).getBytes(StandardCharsets.UTF_8));
    }

    /** By project and name. */
    public List<Listed> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        return Folders.entries(folder).stream()
                .filter(Files::isDirectory)
                .flatMap(project -> Folders.entries(project).stream()
                        .filter(file -> !file.getFileName().toString().startsWith("."))
                        .map(file ->
                                new Listed(name(project, file), sealed(file).setAt())))
                .toList();
    }

    /** @throws PawlException if there is none */
    public void remove(SecretName name) {
        try {
            if (!Files.deleteIfExists(file(name))) {
                throw PawlException.notFound(
                        "no-secret",
                        "There is no secret %s in %s; 'pawl secret list' shows them".formatted(name, pawl));
            }
        } catch (IOException e) {
            throw Folders.trouble("delete " + file(name), e);
        }
    }

    private Optional<Secret> read(SecretName name) {
        Path file = file(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Sealed sealed = sealed(file);
        byte[] value =
                key().open(bound(name, sealed.version()), Base64.getDecoder().decode(sealed.box()));
        return Optional.of(new Secret(new String(value, StandardCharsets.UTF_8), sealed.version()));
    }

    private Sealed sealed(Path file) {
        return Json.read(new String(files.read(file), StandardCharsets.UTF_8), Sealed.class);
    }

    private SecretKey key() {
        Path file = folder.resolve(KEY);
        if (!Files.exists(file)) {
            requireNone(file);
            files.writeOnce(file, SecretKey.newKey());
        }
        byte[] key = files.read(file);
        if (key.length != SecretKey.BYTES) {
            throw PawlException.conflict(
                    "secret-key-damaged",
                    "The key file %s does not have %d bytes: restore it from a backup"
                            .formatted(file, SecretKey.BYTES));
        }
        return new SecretKey(key);
    }

    /** A new key could not open what an old one sealed. */
    private void requireNone(Path file) {
        if (!list().isEmpty()) {
            throw PawlException.conflict(
                    "no-secret-key",
                    "The key file %s is gone, and with it the secrets: restore it, or remove them and set them again"
                            .formatted(file));
        }
    }

    private Path file(SecretName name) {
        return folder.resolve(name.path());
    }

    private static String bound(SecretName name, String version) {
        return name.path() + " " + version;
    }

    private static SecretName name(Path folder, Path file) {
        String project = folder.getFileName().toString();
        return new SecretName(
                project.startsWith(".") ? Optional.empty() : Optional.of(new ProjectName(project)),
                file.getFileName().toString());
    }

    private static void check(SecretName name, String value) {
        String wrong = value.length() < SHORTEST
                ? "has less than %d characters, so that it could not be kept out of logs".formatted(SHORTEST)
                : value.length() > MOST_BYTES
                        ? "has more than %d characters".formatted(MOST_BYTES)
                        : value.indexOf('\0') >= 0 ? "holds a NUL, which no environment variable can" : "";
        if (!wrong.isEmpty()) {
            throw PawlException.user("bad-secret", "The value of secret " + name + " " + wrong);
        }
    }
}
