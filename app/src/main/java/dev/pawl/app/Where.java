package dev.pawl.app;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Whose runs a command is about: those of a working copy, or a server's. */
final class Where {
    /** What stands at every run that is asked for. */
    static final String RUN = "The run's id, or the beginning of it; 'pawl runs' lists them.";

    @Mixin
    private ProjectOption project = new ProjectOption();

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Address of a server to ask instead of the working copy.")
    private @Nullable String server;

    Path project() {
        return project.folder();
    }

    boolean isServer() {
        if (server != null && project.isGiven()) {
            throw PawlException.user("two-places", "Give --project or --server: a run is here or there");
        }
        return server != null;
    }

    Client client() {
        return new Client(Optional.ofNullable(server).orElseThrow(), Clock.system());
    }

    /** @return the run that is meant, else the server's newest one */
    static String run(Client client, Optional<String> given) {
        return given.orElseGet(() -> client.get("api/runs")
                .path("runs")
                .valueStream()
                .map(run -> run.at("/run/spec/id").stringValue())
                .findFirst()
                .orElseThrow(() -> PawlException.notFound("no-runs", "The server has no run yet")));
    }

    /** Asks the server, or the working copy's records. */
    JsonNode ask(Function<Client, JsonNode> ofServer, Function<Notebook, JsonNode> ofWorkingCopy) {
        if (isServer()) {
            try (Client client = client()) {
                return ofServer.apply(client);
            }
        }
        try (Notebook notebook = Notebook.open(project())) {
            return ofWorkingCopy.apply(notebook);
        }
    }
}
