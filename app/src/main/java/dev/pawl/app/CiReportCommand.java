package dev.pawl.app;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl ci report}. */
@Command(
        name = "report",
        description = "Prints the report of a CI run, fit to be posted on a merge request.",
        mixinStandardHelpOptions = true)
final class CiReportCommand implements Callable<Integer> {
    /** Names as they stand on the command line. */
    enum Format {
        MD,
        HTML,
        JSON
    }

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "CI-RUN", description = "Its id; 'pawl ci list' lists them.")
    private String id = "";

    @Option(
            names = "--format",
            defaultValue = "md",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.MD;

    @Override
    public Integer call() {
        Format asked = printed.asJson() ? Format.JSON : format;
        try (Client client = server.client()) {
            String path = RemoteCi.path(id) + "/report." + asked.name().toLowerCase(Locale.ROOT);
            printed.raw(new String(client.bytes(path), StandardCharsets.UTF_8));
            return 0;
        }
    }
}
