package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.KeepPolicy;
import dev.pawl.pipeline.OpenLineage;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pawl up}. */
@Command(
        name = "up",
        description = "Starts the server: git hosting, CI, deployment, triggers, registry, prediction service and"
                + " monitoring.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl up",
            "  pawl up --folder /srv/pawl --port 8080",
            "  pawl up --keep-days 30",
            "  pawl up --pool default=8 --pool gpu=1",
            "  pawl up --database 'jdbc:postgresql://localhost/pawl?user=pawl'",
            "  pawl up --database 'jdbc:postgresql://db/pawl?user=pawl' --artifacts /mnt/pawl",
            "  pawl up --openlineage http://marquez:5000/api/v1/lineage"
        })
final class UpCommand implements Callable<Integer> {
    /** In the server's folder: where it answers, written when it does. */
    static final String ADDRESS_FILE = "address";

    private static final int MOST_CI = 100;

    @Option(
            names = "--folder",
            defaultValue = ".pawl-server",
            description = "Where everything is kept (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("");

    @Option(
            names = "--database",
            defaultValue = "${env:PAWL_DATABASE}",
            description = "JDBC URL of a PostgreSQL database (default: PAWL_DATABASE, or SQLite in the folder).")
    private @Nullable String database;

    @Option(
            names = "--artifacts",
            defaultValue = "${env:PAWL_ARTIFACTS}",
            description =
                    "Where artifacts are kept: a folder that all servers of the database see (default: PAWL_ARTIFACTS,"
                            + " or in the folder).")
    private @Nullable Path artifacts;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "" + ServerOption.DEFAULT_PORT,
            description = "Port, 0 for any (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--openlineage",
            defaultValue = "${env:PAWL_OPENLINEAGE}",
            description =
                    "Where OpenLineage events of runs and steps are sent (default: PAWL_OPENLINEAGE, or nowhere). What"
                            + " PAWL_OPENLINEAGE_KEY holds is sent as a bearer token.")
    private @Nullable URI openLineage;

    @Option(
            names = "--openlineage-namespace",
            defaultValue = "pawl",
            description = "The namespace of jobs and data sets in them (default: ${DEFAULT-VALUE}).")
    private String openLineageNamespace = "";

    @Option(
            names = "--keep-days",
            description = "Once a day, do what 'pawl gc --keep-days' does (default: nothing is deleted by itself).")
    private @Nullable Integer keepDays;

    @Option(names = "--keep-last", description = "With --keep-days: as for 'pawl gc' (default: 20).")
    private @Nullable Integer keepLast;

    @Option(
            names = "--ci",
            paramLabel = "COMMITS",
            defaultValue = "1",
            description = "How many commits CI builds and checks at a time (default: ${DEFAULT-VALUE}).")
    private int ci;

    @Mixin
    private Pools pools = new Pools();

    @Option(names = "--parent", hidden = true, description = "Stop when this process is gone.")
    private @Nullable Long parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Listener.requirePort(port);
        if (ci < 1 || ci > MOST_CI) {
            throw PawlException.user("bad-ci", "--ci wants a number from 1 to %d, not %d".formatted(MOST_CI, ci));
        }
        if (artifacts != null && database == null) {
            throw PawlException.user(
                    "artifacts-without-database",
                    "--artifacts is for servers that share a database: name it with --database, or leave out"
                            + " --artifacts");
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        var stopped = new CountDownLatch(1);
        var settings = new Server.Settings(
                folder.toAbsolutePath().normalize(),
                Optional.ofNullable(database),
                Optional.ofNullable(artifacts).map(path -> path.toAbsolutePath().normalize()),
                host,
                port,
                openLineage(),
                keep(),
                pools.places(),
                ci);
        Server server = Server.start(settings);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
        Parent.watch(Optional.ofNullable(parent), stopped::countDown);
        String address = server.address();
        announce(address);
        out.println("Pawl is up: " + address);
        out.println("Push a project with pawl.yaml:  git push " + address + "git/PROJECT.git main");
        out.flush();
        stopped.await();
        return 0;
    }

    private Optional<KeepPolicy> keep() {
        if (keepDays == null && keepLast != null) {
            throw PawlException.user("bad-policy", "--keep-last says how many runs stay beside those of --keep-days");
        }
        return Optional.ofNullable(keepDays).map(days -> {
            KeepPolicy usual = KeepPolicy.USUAL;
            return new KeepPolicy(
                    Duration.ofDays(days), Optional.ofNullable(keepLast).orElse(usual.last()), usual.grace());
        });
    }

    private Optional<OpenLineage.Settings> openLineage() {
        return Optional.ofNullable(openLineage)
                .map(where -> new OpenLineage.Settings(
                        where, openLineageNamespace, Optional.ofNullable(System.getenv("PAWL_OPENLINEAGE_KEY"))));
    }

    private void announce(String address) {
        try {
            Path written = Files.writeString(folder.resolve(ADDRESS_FILE + ".new"), address);
            Files.move(written, folder.resolve(ADDRESS_FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw PawlException.external("disk-trouble", "Cannot write to " + folder + ": " + e, e);
        }
    }
}
