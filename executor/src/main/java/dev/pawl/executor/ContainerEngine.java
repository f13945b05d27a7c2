package dev.pawl.executor;

import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The machine's container engine, as a command: Podman, Docker, or what has the same words.
 *
 * @param program for example {@code podman}
 * @param arguments that come before the engine's own commands
 * @param variables that it reads itself, whatever it is asked
 * @param isPodman whether its command is Podman's own
 * @param isRootless whether it is a podman without root: its user is called root in containers
 */
record ContainerEngine(
        String program, List<String> arguments, Map<String, String> variables, boolean isPodman, boolean isRootless) {
    private static final List<String> KNOWN = List.of("podman", "docker");
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(30);
    private static final Path SYSTEMD = Path.of("/run/systemd/system");
    private static final Path ONE_HIERARCHY = Path.of("/sys/fs/cgroup/cgroup.controllers");

    /** The first one that answers: a docker command alone, without its service, cannot run anything. */
    static Optional<ContainerEngine> find(Commands commands, ContainerSettings settings, Path folder)
            throws InterruptedException {
        for (String program : settings.engine().map(List::of).orElse(KNOWN)) {
            Answer version = commands.ask(List.of(program, "version"), folder, settings.variables(), LONGEST_ANSWER);
            if (version.isGood()) {
                boolean podman = program.endsWith("podman") || client(version).contains("Podman");
                ContainerEngine found = new ContainerEngine(
                        program, arguments(commands, settings, podman), settings.variables(), podman, false);
                return Optional.of(podman ? found.withRootless(commands, folder) : found);
            }
        }
        return Optional.empty();
    }

    private ContainerEngine withRootless(Commands commands, Path folder) throws InterruptedException {
        Answer rootless = ask(commands, folder, "info", "--format", "{{.Host.Security.Rootless}}");
        return new ContainerEngine(
                program, arguments, variables, isPodman, rootless.text().strip().equals("true"));
    }

    /** What it says of itself: the service of Docker's command may be Podman's. */
    private static String client(Answer version) {
        return version.text().split("Server:", 2)[0];
    }

    static PawlException missing(ContainerSettings settings) {
        return PawlException.user(
                "no-container-engine",
                "A step or a build wants a container, and %s: install podman (or docker and start its service), or take the image off it"
                        .formatted(settings.engine()
                                .map(engine -> "'" + engine + "' (" + ContainerSettings.ENGINE + ") does not work here")
                                .orElse("neither podman nor docker works here")));
    }

    /** The engine's command line for this. */
    List<String> line(List<String> command) {
        List<String> line = new ArrayList<>(List.of(program));
        line.addAll(arguments);
        line.addAll(command);
        return line;
    }

    Answer ask(Commands commands, Path folder, String... command) throws InterruptedException {
        return commands.ask(line(List.of(command)), folder, variables, LONGEST_ANSWER);
    }

    /** Podman asks systemd for control groups, and prefers crun, which cannot do with several hierarchies of them. */
    private static List<String> arguments(Commands commands, ContainerSettings settings, boolean podman) {
        List<String> arguments = new ArrayList<>(settings.arguments());
        if (arguments.isEmpty() && podman && !Files.isDirectory(SYSTEMD)) {
            arguments.add("--cgroup-manager=cgroupfs");
        }
        if (settings.arguments().isEmpty() && podman && !Files.exists(ONE_HIERARCHY) && commands.has("runc")) {
            arguments.addAll(List.of("--runtime", "runc"));
        }
        return arguments;
    }

    /** Of files that a process of this server makes in the folder: user and group as numbers. */
    static List<Integer> owner(Path folder) {
        try {
            return List.of(
                    (Integer) Files.getAttribute(folder, "unix:uid"), (Integer) Files.getAttribute(folder, "unix:gid"));
        } catch (IOException e) {
            throw Folders.trouble("read " + folder, e);
        }
    }
}
