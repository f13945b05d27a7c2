package dev.pawl.ci;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/** What a verdict depends on, as far as it is known: the files, the JDK and the system that build and test them, and this Pawl. */
final class Content {
    /** Tells one build of Pawl from another: where its classes are, and when they were made. */
    private static final String BUILD = build();

    private Content() {}

    private static String build() {
        try {
            Path classes = Path.of(Content.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes + " of " + Files.getLastModifiedTime(classes);
        } catch (IOException | URISyntaxException e) {
            return e.toString();
        }
    }

    /** @param source a clean checkout */
    static Digest of(Path source, Path javaHome) {
        MessageDigest all = Digest.sha256();
        add(all, BUILD, javaHome.toString(), System.getProperty("os.name"), System.getProperty("os.arch"));
        for (Path file : Folders.files(source)) {
            add(
                    all,
                    source.relativize(file).toString(),
                    file.toFile().canExecute() ? "x" : "",
                    digest(file).hex());
        }
        return Digest.of(all);
    }

    private static void add(MessageDigest all, String... parts) {
        for (String part : parts) {
            all.update(part.getBytes(StandardCharsets.UTF_8));
            all.update((byte) 0);
        }
    }

    static Digest digest(Path file) {
        MessageDigest one = Digest.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), one)) {
            in.transferTo(OutputStream.nullOutputStream());
            return Digest.of(one);
        } catch (IOException e) {
            throw Folders.trouble("read " + file, e);
        }
    }
}
