package dev.pawl.app;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How this Pawl was started, so that it can start another of itself. */
final class OwnJvm {
    private OwnJvm() {}

    static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    /** The command line of another Pawl with the same Java and class path. */
    static List<String> command(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(
                javaHome().resolve("bin/java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Pawl.class.getName()));
        line.addAll(arguments);
        return line;
    }

    /** The source checkout that this Pawl was built in: the parent of the module whose target folder holds this class. */
    static Path checkout() {
        try {
            Path built = Path.of(Pawl.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path target = Objects.requireNonNull(built.getParent());
            return target.resolve("../..").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
