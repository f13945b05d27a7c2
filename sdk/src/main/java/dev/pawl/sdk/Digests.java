package dev.pawl.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Names of content, as Pawl's artifact store gives them. */
final class Digests {
    private static final int BUFFER = 64 * 1024;

    private Digests() {}

    static String of(Path fileOrFolder) {
        try {
            return Files.isDirectory(fileOrFolder) ? ofFolder(fileOrFolder) : ofFile(fileOrFolder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + fileOrFolder + ": " + e, e);
        }
    }

    private static String ofFile(Path file) throws IOException {
        MessageDigest sha = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha.update(buffer, 0, n);
            }
        }
        return written(sha);
    }

    /** The digest of the list of its files. */
    private static String ofFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
            Map<String, Object> members = new TreeMap<>();
            for (Path file : files.toList()) {
                String path = folder.relativize(file).toString().replace('\\', '/');
                members.put(path, member(file, path));
            }
            MessageDigest sha = sha256();
            sha.update(Json.write(List.copyOf(members.values())).getBytes(StandardCharsets.UTF_8));
            return written(sha);
        }
    }

    private static Map<String, Object> member(Path file, String path) throws IOException {
        return new TreeMap<>(Map.of("path", path, "digest", ofFile(file), "executable", Files.isExecutable(file)));
    }

    private static String written(MessageDigest sha) {
        return "sha256:" + HexFormat.of().formatHex(sha.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
