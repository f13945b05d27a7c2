package dev.pawl.app;

import dev.pawl.ci.CiCheck;
import dev.pawl.kernel.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl ci watch}. */
@Command(
        name = "watch",
        description = "Follows a CI run until it is over: its checks as they begin and end.",
        mixinStandardHelpOptions = true)
final class CiWatchCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(300);

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Printed printed = new Printed();

    @Mixin
    private ProjectOption project = new ProjectOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "CI-RUN",
            description = "Its id (default: the newest of the project and branch of this folder).")
    private @Nullable String id;

    @Option(names = "--log", description = "Print what its commands print, too.")
    private boolean log;

    @Override
    public Integer call() throws InterruptedException {
        try (Client client = server.client()) {
            RemoteCi ci = new RemoteCi(client);
            String followed = ci.id(Optional.ofNullable(id), project.folder());
            client.follow("pawl ci show " + followed, printed::remark);
            return new CiVerdict(await(ci, followed)).tell(printed);
        }
    }

    private CiProgress await(RemoteCi ci, String followed) throws InterruptedException {
        Consumer<CiProgress> shown =
                log ? new PlainCiProgress(printed::line).andThen(new Logs(ci, followed)) : CiProgress.shown(printed);
        CiProgress progress = ci.progress(followed);
        while (!progress.run().state().isOver()) {
            shown.accept(progress);
            Clock.system().sleep(POLL);
            progress = ci.progress(followed);
        }
        shown.accept(progress);
        return progress;
    }

    /** Prints the logs of all checks as they grow, each line with the check before it. */
    private final class Logs implements Consumer<CiProgress> {
        private final RemoteCi ci;
        private final String path;
        private final Map<String, FollowedLog> logs = new HashMap<>();

        Logs(RemoteCi ci, String followed) {
            this.ci = ci;
            this.path = RemoteCi.path(followed) + "/log/";
        }

        @Override
        public void accept(CiProgress progress) {
            progress.checks().stream()
                    .filter(check -> check.state() == CiCheck.State.RUNNING
                            || check.log().isPresent())
                    .forEach(check -> print(check.name()));
        }

        private void print(String check) {
            FollowedLog followed = logs.computeIfAbsent(check, _ -> new FollowedLog());
            if (!followed.isWhole()) {
                String asked = path + Client.encode(check) + "?from=";
                followed.more(from -> ci.client().log(asked + from, from))
                        .forEach(line -> printed.line(check + " | " + line));
            }
        }
    }
}
