package dev.pawl.app;

import dev.pawl.kernel.Clock;
import picocli.CommandLine.Option;

/** Which server a command talks to. */
final class ServerOption {
    static final int DEFAULT_PORT = 7295;

    @Option(
            names = "--server",
            defaultValue = "${env:PAWL_SERVER:-http://127.0.0.1:7295}",
            description = "Address of the server (default: PAWL_SERVER, or ${DEFAULT-VALUE}).")
    private String server = "";

    Client client() {
        return new Client(server, Clock.system());
    }
}
