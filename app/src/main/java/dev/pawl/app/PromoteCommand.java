package dev.pawl.app;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pawl promote}. */
@Command(
        name = "promote",
        description = "Deploys a package to an environment, after checking that the environment can run it.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pawl promote births 3f2a9c1 prod"})
final class PromoteCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(index = "0", paramLabel = "PROJECT", description = "The project.")
    private String project = "";

    @Parameters(
            index = "1",
            paramLabel = "PACKAGE",
            description = "Digest of the package or its commit, or the first digits of one.")
    private String packageOrCommit = "";

    @Parameters(index = "2", paramLabel = "ENVIRONMENT", description = "Where to deploy it.")
    private String environment = "";

    @Option(
            names = "--by",
            defaultValue = "${env:USER:-someone}",
            description = "Who wants it (default: ${DEFAULT-VALUE}).")
    private String by = "";

    @Override
    public Integer call() {
        try (Client client = server.client()) {
            JsonNode answer = client.post(
                    "api/projects/%s/environments/%s/deployment"
                            .formatted(Client.encode(project), Client.encode(environment)),
                    Map.of("package", packageOrCommit, "by", by));
            if (printed.asJson()) {
                printed.json(answer);
            } else {
                printed.row("deployed", packageOrCommit, " to ", environment);
            }
            return 0;
        }
    }
}
