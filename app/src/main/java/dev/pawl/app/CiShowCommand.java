package dev.pawl.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pawl ci show}. */
@Command(name = "show", description = "Shows a CI run with its checks.", mixinStandardHelpOptions = true)
final class CiShowCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "CI-RUN", description = "Its id; 'pawl ci list' lists them.")
    private String id = "";

    @Override
    public Integer call() {
        try (Client client = server.client()) {
            CiProgress progress = new RemoteCi(client).progress(id);
            if (!printed.asJson()) {
                new CheckLines(Terminal.Style.PLAIN)
                        .of(progress, Integer.MAX_VALUE)
                        .forEach(printed::line);
                progress.checks()
                        .forEach(check -> check.files()
                                .forEach((name, digest) ->
                                        printed.line("%s: %s  %s".formatted(check.name(), name, digest))));
            }
            return new CiVerdict(progress).tell(printed);
        }
    }
}
