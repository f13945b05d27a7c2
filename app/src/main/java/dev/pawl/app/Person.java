package dev.pawl.app;

import picocli.CommandLine.Option;

/** As whom somebody speaks. Nobody checks it: there are no users yet. */
final class Person {
    @Option(
            names = "--as",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who says it; not checked (default: the user of this machine).")
    private String name = "";

    String name() {
        return name;
    }
}
