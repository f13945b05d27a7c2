package dev.pawl.app;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.pipeline.SecretFolder;
import dev.pawl.pipeline.SecretName;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl secret}. */
@Command(
        name = "secret",
        description =
                "Keeps the values of secrets that steps need, encrypted, on this machine. Nothing shows a value again.",
        mixinStandardHelpOptions = true,
        subcommands = {SecretCommand.Set.class, SecretCommand.Shown.class, SecretCommand.Remove.class},
        footer = {
            "",
            "Examples:",
            "  pawl secret set warehouse-password                          asks for the value, for 'pawl run' here",
            "  pawl secret set chat-token --for births < token.txt",
            "  pawl secret set chat-token --folder /srv/pawl < token.txt    for the server with this folder",
            "  pawl secret list"
        })
final class SecretCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw PawlException.user("no-verb", "Say what to do: pawl secret set, pawl secret list or pawl secret remove");
    }

    /** Whose secrets. */
    static final class Place {
        @Option(
                names = "--folder",
                defaultValue = ".pawl",
                description = "Where a Pawl keeps everything: that of a working copy, or a server's (default:"
                        + " ${DEFAULT-VALUE}).")
        private Path folder = Path.of("");

        SecretFolder made() {
            ProjectFolder.makeUnversioned(folder);
            return secrets();
        }

        SecretFolder secrets() {
            return SecretFolder.in(folder, Clock.system(), Ids.system());
        }
    }

    /** What a secret is called. */
    static final class Name {
        @Parameters(paramLabel = "NAME", description = "The secret's name, as pawl.yaml or the class says it.")
        private String name = "";

        @Option(
                names = "--for",
                paramLabel = "PROJECT",
                description = "Whose pipelines may use it (default: those of every project).")
        private @Nullable String project;

        SecretName name() {
            return new SecretName(Optional.ofNullable(project).map(ProjectName::new), name);
        }
    }

    private record Row(Optional<ProjectName> project, String name, Instant setAt) {
        String line() {
            return "%-20s %-30s set %s"
                    .formatted(project.map(ProjectName::value).orElse("(every project)"), name, setAt);
        }
    }

    private record Done(Optional<ProjectName> project, String name, String done) {
        static Done of(SecretName secret, String done) {
            return new Done(secret.project(), secret.name(), done);
        }
    }

    /** {@code pawl secret set}. */
    @Command(
            name = "set",
            description =
                    "Sets a secret. Its value comes from standard input, or is asked for; a line break at its end does"
                            + " not count.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl secret set chat-token --for births < token.txt"})
    static final class Set implements Callable<Integer> {
        @Mixin
        private Place place = new Place();

        @Mixin
        private Name name = new Name();

        @Mixin
        private Printed printed = new Printed();

        @Override
        public Integer call() {
            SecretName secret = name.name();
            place.made().set(secret, value(secret));
            if (printed.asJson()) {
                printed.json(Done.of(secret, "set"));
            } else {
                printed.row("set", "secret ", secret);
            }
            return 0;
        }

        private static String value(SecretName secret) {
            return Optional.ofNullable(System.console())
                    .filter(Console::isTerminal)
                    .map(console -> Optional.ofNullable(console.readPassword("Value of secret %s: ", secret))
                            .map(String::new)
                            .orElse(""))
                    .orElseGet(() -> piped(System.in));
        }

        private static String piped(InputStream in) {
            try {
                byte[] bytes = in.readNBytes(SecretFolder.MOST_BYTES + 2);
                String text = new String(bytes, StandardCharsets.UTF_8);
                return text.endsWith("\r\n")
                        ? text.substring(0, text.length() - 2)
                        : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
            } catch (IOException e) {
                throw PawlException.external("no-input", "The value cannot be read from standard input: " + e, e);
            }
        }
    }

    /** {@code pawl secret list}. */
    @Command(
            name = "list",
            description = "Lists secrets: whose, name, and when they were set; never a value.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl secret list --folder /srv/pawl --json"})
    static final class Shown implements Callable<Integer> {
        @Mixin
        private Place place = new Place();

        @Mixin
        private Printed printed = new Printed();

        @Override
        public Integer call() {
            List<Row> rows = place.secrets().list().stream()
                    .map(it -> new Row(it.name().project(), it.name().name(), it.setAt()))
                    .toList();
            printed.list(
                    rows,
                    rows.stream().map(Row::line).toList(),
                    "no secret is set here; 'pawl secret set NAME' sets one");
            return 0;
        }
    }

    /** {@code pawl secret remove}. */
    @Command(
            name = "remove",
            description = "Removes a secret.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl secret remove chat-token --for births"})
    static final class Remove implements Callable<Integer> {
        @Mixin
        private Place place = new Place();

        @Mixin
        private Name name = new Name();

        @Mixin
        private Printed printed = new Printed();

        @Override
        public Integer call() {
            SecretName secret = name.name();
            place.secrets().remove(secret);
            if (printed.asJson()) {
                printed.json(Done.of(secret, "removed"));
            } else {
                printed.row("removed", "secret ", secret);
            }
            return 0;
        }
    }
}
