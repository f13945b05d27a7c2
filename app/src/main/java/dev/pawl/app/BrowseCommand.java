package dev.pawl.app;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl browse}. */
@Command(
        name = "browse",
        description = {
            "Shows the runs of this working copy in the browser, until Ctrl-C: commit and uncommitted change, graph,"
                    + " steps",
            "with their logs, metrics with their curves, parameters, data. A server has the same pages for its own"
                    + " runs."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  pawl browse", "  pawl browse run-0mhx3k2abq7f2k9xz --port 7300"})
final class BrowseCommand implements Callable<Integer> {
    private static final String HOST = "127.0.0.1";

    @Mixin
    private Printed printed = new Printed();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = Where.RUN)
    private @Nullable String run;

    @Option(
            names = "--port",
            defaultValue = "0",
            description = "Port on this machine, 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Mixin
    private ProjectOption project = new ProjectOption();

    @Override
    public Integer call() throws InterruptedException {
        try (Notebook notebook = Notebook.open(project.folder())) {
            String page = Optional.ofNullable(run)
                    .map(name -> "runs/" + notebook.named(name))
                    .orElse("runs");
            try (Listener listener = Listener.start(HOST, port, routing(notebook))) {
                show(listener.address() + page);
                new CountDownLatch(1).await();
            }
            return 0;
        }
    }

    private void show(String address) {
        if (printed.asJson()) {
            printed.json(Map.of("address", address));
        } else {
            printed.line("The runs of this folder, until Ctrl-C: " + address);
        }
    }

    private static HttpRouting.Builder routing(Notebook notebook) {
        return Guarded.routing(HOST)
                .get(
                        "/",
                        (_, response) -> response.status(Status.SEE_OTHER_303)
                                .header(HeaderNames.LOCATION, "/runs")
                                .send())
                .register(PageRoutes.ofRuns(
                        notebook.store(), notebook.runs(), notebook.definitions(), new KnownByNotebook(notebook)))
                .any(Guarded.nothingElse());
    }
}
