package dev.pawl.app;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pawl ci rerun}. */
@Command(
        name = "rerun",
        description =
                "Checks the commit of a CI run that is over once more, in a new one; nothing comes from the cache.",
        mixinStandardHelpOptions = true)
final class CiRerunCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "CI-RUN", description = "Its id; 'pawl ci list' lists them.")
    private String id = "";

    @Option(
            names = "--failed",
            description = "Only the checks that did not pass; the verdicts of the others are taken over.")
    private boolean failed;

    @Override
    public Integer call() {
        try (Client client = server.client()) {
            JsonNode answer = client.post(RemoteCi.path(id) + "/rerun?failed=" + failed, Map.of());
            if (printed.asJson()) {
                printed.json(answer);
            } else {
                String again = answer.at("/run/id").stringValue();
                printed.row("queued", again, "; 'pawl ci watch ", again, "' follows it");
            }
            return 0;
        }
    }
}
