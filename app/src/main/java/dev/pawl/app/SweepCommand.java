package dev.pawl.app;

import dev.pawl.definition.PawlYaml;
import dev.pawl.experiment.Experiments.Prepared;
import dev.pawl.experiment.StartedSweep;
import dev.pawl.experiment.Trial;
import dev.pawl.experiment.Variation;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.SweepId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl sweep}. */
@Command(
        name = "sweep",
        description =
                "Searches for good parameters: runs the pipeline of the working copy again and again, as 'sweeps' in"
                        + " pawl.yaml says. One that was interrupted goes on, unless the working copy has changed.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl sweep broad",
            "  pawl sweep broad --trials 10     fewer than pawl.yaml says",
            "  pawl sweep broad --new           from the beginning, although one was interrupted",
            "  pawl sweep broad --server http://127.0.0.1:7295    of what is deployed there"
        })
final class SweepCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CANCELLING = Duration.ofSeconds(10);

    @Mixin
    private Pools pools = new Pools();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "One of 'sweeps' in pawl.yaml.")
    private String name = "";

    @Mixin
    private ProjectOption project = new ProjectOption();

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Search in what is deployed on this server, of the working copy's project.")
    private @Nullable String server;

    @Option(
            names = "--environment",
            defaultValue = "prod",
            description = "With --server: the one whose deployed pipeline is searched in (default: ${DEFAULT-VALUE}).")
    private String environment = "";

    @Option(names = "--detach", description = "With --server: do not wait for the end.")
    private boolean detach;

    @Mixin
    private AsOf asOf = new AsOf();

    @Option(names = "--trials", description = "How many trials at the most (default: what pawl.yaml says).")
    private @Nullable Integer trials;

    @Option(names = "--new", description = "Begin a new one, even if one was interrupted.")
    private boolean anew;

    @Option(
            names = "--build",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Run ci.build first (default: yes).")
    private boolean build;

    @Override
    public Integer call() throws InterruptedException {
        Path copy = ProjectFolder.require(project.folder());
        if (server != null) {
            return onServer(copy, server);
        }
        Path folder = copy.resolve(Notebook.FOLDER);
        try (CtrlC ctrlC = CtrlC.watch();
                Laboratory laboratory = Laboratory.open(folder, pools.places())) {
            Prepared prepared = laboratory.prepare(copy, build, Variation.NONE);
            laboratory.require(prepared, Set.of());
            var progress = new SweepProgress(printed);
            SweepId id = begin(laboratory, prepared, progress);
            await(laboratory, id, progress, ctrlC);
            return progress.end(SweepView.of(laboratory.sweeps().past(), id), "pawl sweep " + name);
        }
    }

    private int onServer(Path copy, String address) {
        Map<String, Object> body =
                new TreeMap<>(Map.of("name", name, "as_of", asOf.moment().toString()));
        Optional.ofNullable(trials).ifPresent(most -> body.put("trials", most));
        try (Client client = new Client(address, Clock.system())) {
            var sweeps = new ServerSweeps(client, printed);
            SweepView begun = sweeps.begin(PawlYaml.read(copy).project(), environment, body);
            return detach ? shown(begun, printed) : sweeps.follow(begun);
        }
    }

    @Command(
            name = "cancel",
            description = "Begins no more trials of a server's sweep and cancels those under way.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl sweep cancel sweep-0mhx3k2abq7f2k9xz"})
    int cancel(@Mixin ServerOption server, @Mixin Printed cancelled, @Parameters(paramLabel = "ID") String id) {
        return ask(server, cancelled, sweeps -> sweeps.cancel(id));
    }

    @Command(
            name = "resume",
            description = "Goes on with a server's sweep that was cancelled.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl sweep resume sweep-0mhx3k2abq7f2k9xz"})
    int resume(@Mixin ServerOption server, @Mixin Printed resumed, @Parameters(paramLabel = "ID") String id) {
        return ask(server, resumed, sweeps -> sweeps.resume(id));
    }

    private static int ask(ServerOption server, Printed printed, Function<ServerSweeps, SweepView> what) {
        try (Client client = server.client()) {
            return shown(what.apply(new ServerSweeps(client, printed)), printed);
        }
    }

    private static int shown(SweepView view, Printed printed) {
        if (printed.asJson()) {
            printed.json(view);
        } else {
            view.print(printed);
        }
        return 0;
    }

    private SweepId begin(Laboratory laboratory, Prepared prepared, SweepProgress progress) {
        Optional<SweepId> interrupted = laboratory
                .sweeps()
                .interrupted(prepared, name, Optional.ofNullable(trials))
                .filter(_ -> !anew)
                .map(StartedSweep::id);
        SweepId id = interrupted.orElseGet(
                () -> laboratory.sweeps().begin(prepared, name, asOf.moment(), Optional.ofNullable(trials)));
        laboratory.sweeps().stopOthers(id);
        SweepView view = SweepView.of(laboratory.sweeps().past(), id);
        interrupted.ifPresentOrElse(_ -> progress.resumed(view), () -> progress.started(view));
        laboratory.sweeps().resume(id);
        laboratory.sweeps().start();
        return id;
    }

    private void await(Laboratory laboratory, SweepId id, SweepProgress progress, CtrlC ctrlC)
            throws InterruptedException {
        ctrlC.then(() -> {}); // it is looked at
        SweepView view = SweepView.of(laboratory.sweeps().past(), id);
        while (view.state() == StartedSweep.State.RUNNING && !ctrlC.isPressed()) {
            progress.show(view);
            laboratory.store().clock().sleep(POLL);
            view = SweepView.of(laboratory.sweeps().past(), id);
        }
        if (view.state() == StartedSweep.State.RUNNING) {
            stop(laboratory, id);
        }
        progress.show(SweepView.of(laboratory.sweeps().past(), id));
    }

    /** Waits a while for its programs to end; what is not cancelled by then is so at the next start. */
    private static void stop(Laboratory laboratory, SweepId id) throws InterruptedException {
        laboratory.sweeps().stop(id, "the sweep was stopped");
        var latest = laboratory.store().clock().now().plus(CANCELLING);
        while (laboratory.sweeps().past().trials(id).stream().anyMatch(trial -> trial.state() == Trial.State.STOPPING)
                && laboratory.store().clock().now().isBefore(latest)) {
            laboratory.store().clock().sleep(POLL);
        }
    }
}
