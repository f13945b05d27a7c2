package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.packaging.TrustedKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pawl package}. */
@Command(
        name = "package",
        description = "Gets packages that a server has built, and what goes with them.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PackageCommand.Shown.class,
            PackageCommand.Export.class,
            PackageCommand.Image.class,
            PackageCommand.Push.class,
            PackageCommand.Sbom.class,
            PackageCommand.Provenance.class,
            PackageCommand.Key.class
        },
        footer = {
            "",
            "Examples:",
            "  pawl package show sha256:9f86d081...0a08             what it needs, and what goes with it",
            "  pawl package export sha256:9f86d081...0a08 -o births.pawl",
            "  pawl package image sha256:9f86d081...0a08 -o births.tar && podman load -i births.tar",
            "  pawl package key > server.pem",
            "  pawl verify births.pawl --key server.pem"
        })
final class PackageCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw PawlException.user(
                "no-verb", "Say what: pawl package show, export, image, push, sbom, provenance or key");
    }

    /** Which one, of which server. */
    static final class Which {
        @Parameters(index = "0", paramLabel = "PACKAGE", description = "The package's digest; 'pawl facts' shows it.")
        private String digest = "";

        @Mixin
        private ServerOption server = new ServerOption();

        String path(String what) {
            return "api/packages/" + Client.encode(digest) + "/" + what;
        }
    }

    /** Where to. */
    static final class Target {
        @Option(
                names = {"-o", "--output"},
                required = true,
                paramLabel = "FILE",
                description = "A new file.")
        private Path file = Path.of("");

        Integer get(Which which, String path, Printed printed) {
            try (Client client = which.server.client()) {
                new Download(client::copy).to(file, path);
            }
            if (printed.asJson()) {
                printed.json(Map.of("file", file.toString()));
            } else {
                printed.row("written", file);
            }
            return 0;
        }
    }

    /** {@code pawl package show}. */
    @Command(
            name = "show",
            description =
                    "Shows what was made of a commit, as JSON: digests, sizes, and what the package needs to run.",
            mixinStandardHelpOptions = true)
    static final class Shown implements Callable<Integer> {
        @Mixin
        private Which which = new Which();

        @Mixin
        private Printed printed = new Printed();

        @Override
        public Integer call() {
            try (Client client = which.server.client()) {
                printed.json(client.get(which.path("record")));
            }
            return 0;
        }
    }

    /** {@code pawl package export}. */
    @Command(
            name = "export",
            description =
                    "Writes a package, its bill of materials and its signed provenance to one file, for 'pawl verify'.",
            mixinStandardHelpOptions = true)
    static final class Export implements Callable<Integer> {
        @Mixin
        private Which which = new Which();

        @Mixin
        private Target target = new Target();

        @Mixin
        private Printed printed = new Printed();

        @Option(names = "--image", description = "With the image, if it has one.")
        private boolean image;

        @Override
        public Integer call() {
            return target.get(which, which.path("archive") + (image ? "?image=true" : ""), printed);
        }
    }

    /** {@code pawl package image}. */
    @Command(
            name = "image",
            description = "Writes a package's image to a file that 'podman load' takes (an OCI layout).",
            mixinStandardHelpOptions = true)
    static final class Image implements Callable<Integer> {
        @Mixin
        private Which which = new Which();

        @Mixin
        private Target target = new Target();

        @Mixin
        private Printed printed = new Printed();

        @Override
        public Integer call() {
            return target.get(which, which.path("image"), printed);
        }
    }

    /** {@code pawl package push}. */
    @Command(
            name = "push",
            description = "Has the server push a package's image to a registry, where it has the same digest.",
            mixinStandardHelpOptions = true)
    static final class Push implements Callable<Integer> {
        @Mixin
        private Which which = new Which();

        @Parameters(
                index = "1",
                paramLabel = "IMAGE",
                description = "Its name there, with the registry's host and a tag.")
        private String to = "";

        @Option(
                names = "--secret",
                paramLabel = "NAME",
                description = "A secret of the project on the server, USER:PASSWORD, to log in with.")
        private @Nullable String secret;

        @Mixin
        private Printed printed = new Printed();

        @Override
        public Integer call() {
            Map<String, Object> body = new TreeMap<>(Map.of("to", to));
            Optional.ofNullable(secret).ifPresent(name -> body.put("secret", name));
            try (Client client = which.server.client()) {
                JsonNode answer = client.post(which.path("push"), body);
                if (printed.asJson()) {
                    printed.json(answer);
                } else {
                    printed.row("pushed", answer.path("pushed"), " ", answer.path("digest"));
                }
            }
            return 0;
        }
    }

    /** {@code pawl package sbom}. */
    @Command(
            name = "sbom",
            description = "Prints a package's bill of materials (CycloneDX 1.6, JSON).",
            mixinStandardHelpOptions = true)
    static final class Sbom implements Callable<Integer> {
        @Mixin
        private Which which = new Which();

        @Mixin
        private Printed printed = new Printed();

        @Override
        public Integer call() {
            return print(which, "sbom", printed);
        }
    }

    /** {@code pawl package provenance}. */
    @Command(
            name = "provenance",
            description = "Prints where a package came from: a signed in-toto statement in a DSSE envelope.",
            mixinStandardHelpOptions = true)
    static final class Provenance implements Callable<Integer> {
        @Mixin
        private Which which = new Which();

        @Mixin
        private Printed printed = new Printed();

        @Override
        public Integer call() {
            return print(which, "provenance", printed);
        }
    }

    /** {@code pawl package key}. */
    @Command(
            name = "key",
            description = "Prints the public key with which the server's packages are verified, as PEM.",
            mixinStandardHelpOptions = true)
    static final class Key implements Callable<Integer> {
        @Mixin
        private ServerOption server = new ServerOption();

        @Mixin
        private Printed printed = new Printed();

        @Override
        public Integer call() {
            try (Client client = server.client()) {
                TrustedKey key = key(client);
                if (printed.asJson()) {
                    printed.json(Map.of("id", key.id().hex(), "pem", key.pem()));
                } else {
                    printed.raw(key.pem());
                }
            }
            return 0;
        }
    }

    static TrustedKey key(Client client) {
        return TrustedKey.parse(new String(client.bytes("api/packages/key"), StandardCharsets.UTF_8));
    }

    /** Exactly as it is, to the byte: digests are of that. */
    private static Integer print(Which which, String what, Printed printed) {
        try (Client client = which.server.client()) {
            String text = new String(client.bytes(which.path(what)), StandardCharsets.UTF_8);
            if (printed.asJson()) {
                printed.json(Json.tree(text));
            } else {
                printed.raw(text);
            }
        }
        return 0;
    }
}
