package dev.pawl.app;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Count;
import dev.pawl.kernel.PawlException;
import dev.pawl.packaging.PackageVerifier;
import dev.pawl.packaging.Problem;
import dev.pawl.packaging.TrustedKey;
import dev.pawl.packaging.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl verify}. */
@Command(
        name = "verify",
        description = {
            "Tells whether an exported package is, to the byte, what a trusted server has built and signed.",
            "With --key nothing but the two files is asked. Exit code 2 if anything is wrong."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl verify births.pawl --key server.pem",
            "  pawl verify births.pawl --server http://127.0.0.1:7295    with the key that the server tells"
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int WRONG = 2;
    private static final int LARGEST_KEY = 64 * 1024;

    @Parameters(paramLabel = "FILE", description = "What 'pawl package export' has written.")
    private Path archive = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "A public key that is trusted, as 'pawl package key' prints it.")
    private @Nullable Path key;

    @Option(names = "--server", paramLabel = "URL", description = "The server whose key is trusted, instead of --key.")
    private @Nullable String server;

    @Mixin
    private Printed printed = new Printed();

    @Override
    public Integer call() {
        Verification found = PackageVerifier.verify(archive, trusted());
        if (printed.asJson()) {
            printed.json(found);
        } else {
            show(found);
        }
        return found.passed() ? 0 : WRONG;
    }

    private TrustedKey trusted() {
        if (key != null && server == null) {
            return TrustedKey.parse(text(key));
        }
        if (server != null && key == null) {
            try (Client client = new Client(server, Clock.system())) {
                return PackageCommand.key(client);
            }
        }
        throw PawlException.user(
                "no-key",
                "Say whose packages you trust, in one way: --key FILE (from 'pawl package key') or --server URL");
    }

    private static String text(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LARGEST_KEY), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw PawlException.notFound("no-file", "There is no key file " + file);
        } catch (IOException e) {
            throw Folders.trouble("read " + file, e);
        }
    }

    private void show(Verification found) {
        if (found.passed()) {
            printed.row("package", found.packageDigest().orElseThrow());
            printed.row("files", Count.of(found.files(), "file"), found.image() ? ", and the image" : "");
            printed.row("project", plain(found.project().orElse("")));
            printed.row(
                    "commit",
                    plain(found.commit().orElse("")),
                    " of ",
                    plain(found.repository().orElse("")));
            printed.row("built by", plain(found.ciRun().orElse("")));
            printed.row("signed with", found.keyId().hex());
            return;
        }
        printed.remark("%s is not to be trusted: %s"
                .formatted(archive, Count.of(found.problems().size(), "thing is wrong", "things are wrong")));
        for (Problem problem : found.problems()) {
            String file = problem.file().isEmpty() ? archive.toString() : problem.file();
            printed.line(plain("%-15s %s: %s".formatted(problem.code(), file, problem.text())));
        }
    }

    /** The file is a stranger's: what controls a terminal, or turns the direction of writing, is not for it to say. */
    static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\x{80}-\\x{9f}]", "?");
    }
}
