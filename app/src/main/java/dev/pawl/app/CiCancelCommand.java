package dev.pawl.app;

import dev.pawl.kernel.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pawl ci cancel}. */
@Command(
        name = "cancel",
        description = "Cancels a CI run, with its commands and the runs of the pipeline that it waits for.",
        mixinStandardHelpOptions = true)
final class CiCancelCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "CI-RUN", description = "Its id; 'pawl ci list' lists them.")
    private String id = "";

    @Override
    public Integer call() {
        try (Client client = server.client()) {
            var answer = client.post(RemoteCi.path(id) + "/cancel", Map.of());
            if (printed.asJson()) {
                printed.json(Json.tree(answer.toString()));
            } else {
                printed.row("cancelled", id);
            }
            return 0;
        }
    }
}
