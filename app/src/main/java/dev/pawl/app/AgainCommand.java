package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Places;
import dev.pawl.pipeline.Run;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Does the work of an earlier run again, here or on a server, and shows it until it is over. */
abstract class AgainCommand implements Callable<Integer> {
    @Mixin
    private Where where = new Where();

    @Mixin
    private Pools pools = new Pools();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "RUN", description = Where.RUN)
    private String run = "";

    @Option(names = "--detach", description = "With --server: do not wait for the end.")
    private boolean detach;

    @Option(
            names = "--within",
            paramLabel = "MINUTES",
            description = "How long to wait for a server (default: as long as it takes).")
    private @Nullable Long minutes;

    /** What the REST API calls it. */
    abstract String verb();

    /** Hands in the run that does it, or gives the one that is under way already. */
    abstract RunId begin(Laboratory laboratory, Run earlier);

    /** The steps that do not have to run again. */
    abstract Set<StepName> takenOver(Notebook notebook, Run earlier);

    /** Shows what came of it here. */
    abstract int over(Notebook notebook, RunId earlier, Run done);

    /** Shows what came of it on a server. */
    abstract int over(Client client, RunId earlier, Run done);

    Printed printed() {
        return printed;
    }

    @Override
    public final Integer call() throws InterruptedException {
        return where.isServer() ? onServer() : here();
    }

    private int here() throws InterruptedException {
        if (detach || minutes != null) {
            throw PawlException.user(
                    "no-server",
                    "--detach and --within are for a server's runs: one of this folder ends with this command");
        }
        try (Notebook notebook = Notebook.open(where.project())) {
            Run earlier = notebook.run(run);
            Places places = pools.places();
            Provisions.requirePools(notebook.definition(earlier), takenOver(notebook, earlier), places);
            return here(notebook, earlier, places);
        }
    }

    private int here(Notebook notebook, Run earlier, Places places) throws InterruptedException {
        try (CtrlC ctrlC = CtrlC.watch();
                Laboratory laboratory = Laboratory.open(notebook.folder(), places)) {
            RunId id = begin(laboratory, earlier);
            ctrlC.then(() -> laboratory.orchestrator().cancel(id, CtrlC.STOPPED));
            Run done = laboratory.await(id, RunProgress.shown(printed, notebook.definition(earlier)));
            return over(notebook, earlier.spec().id(), done);
        }
    }

    private int onServer() throws InterruptedException {
        try (Client client = where.client()) {
            JsonNode begun = client.post("api/runs/" + Client.encode(run) + "/" + verb(), Map.of());
            RemoteRun again = new RemoteRun(client, begun.path("run").stringValue());
            if (detach) {
                told(begun);
                return 0;
            }
            client.follow("pawl show " + again.id(), printed::remark);
            Run done = again.await(
                    Optional.ofNullable(minutes).map(Duration::ofMinutes),
                    RunProgress.shown(printed, again.definition()));
            return over(client, new RunId(begun.path(verb() + "s").stringValue()), done);
        }
    }

    private void told(JsonNode begun) {
        if (printed.asJson()) {
            printed.json(begun);
        } else {
            printed.row("run", begun.path("run"), " " + verb() + "s ", begun.path(verb() + "s"));
        }
    }
}
