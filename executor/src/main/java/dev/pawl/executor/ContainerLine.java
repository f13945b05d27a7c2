package dev.pawl.executor;

import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The engine's command lines for one container.
 *
 * @param owner the label that tells this server's containers from others
 */
record ContainerLine(ContainerEngine engine, String name, String owner, Contained contained) {
    private static final int MOST_FILES_AND_PROCESSES = 4096;

    /**
     * The first process of a container does not get signals that it does not ask for: this one does, and passes them to all others. When it
     * ends, the system ends the rest.
     */
    private static final String FIRST_PROCESS = """
        "$@" </dev/null &
        trap 'kill -TERM -1' TERM
        wait $!; exit=$?
        while kill -0 $! 2>/dev/null; do wait $!; exit=$?; done
        exit $exit
        """;

    /** Makes the container. */
    List<String> create() {
        List<String> line = new ArrayList<>(List.of("create", "--name", name, "--label", owner, "--pull=never"));
        line.addAll(List.of("--log-driver=none", "--workdir", contained.work().toString()));
        line.addAll(user());
        line.addAll(List.of("--cap-drop=ALL", "--security-opt=no-new-privileges", "--security-opt=label=disable"));
        if (!contained.image().network()) {
            line.add("--network=none");
        }
        line.addAll(limits());
        line.addAll(accelerators());
        line.addAll(mounts());
        contained.variables().forEach((variable, value) -> line.addAll(List.of("--env", variable + "=" + value)));
        contained.secrets().keySet().forEach(secret -> line.addAll(List.of("--env", secret)));
        line.addAll(List.of("--entrypoint", "sh", contained.image().reference()));
        line.addAll(List.of("-c", FIRST_PROCESS, "sh"));
        line.addAll(contained.line());
        return engine.line(line);
    }

    /** Starts it; ends as it ends. */
    List<String> start() {
        return engine.line(List.of("start", "--attach", name));
    }

    /** For the engine's client that makes it, which passes secrets on: nobody sees them in a list of processes. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(engine.variables());
        for (Map.Entry<String, String> secret : contained.secrets().entrySet()) {
            String name = secret.getKey();
            if (environment.containsKey(name) || Set.of("PATH", "HOME").contains(name) || name.startsWith("LD_")) {
                throw PawlException.user(
                        "bad-secret-name",
                        "A secret of a container cannot be named " + name + ": give it another name");
            }
            environment.put(name, secret.getValue());
        }
        return environment;
    }

    /**
     * As whoever owns the folder where it runs, so that what the program writes there is the server's. A podman without root runs as that
     * user anyway, who is called root in the container: to be called otherwise would take ranges of numbers in /etc/subuid.
     */
    private List<String> user() {
        List<Integer> owner = ContainerEngine.owner(contained.work());
        return List.of("--user", engine.isRootless() ? "0:0" : owner.get(0) + ":" + owner.get(1));
    }

    private List<String> limits() {
        Limits limits = contained.limits();
        List<String> line = new ArrayList<>();
        if (limits.cpus() > 0) {
            line.add("--cpus=" + limits.cpus());
        }
        if (limits.memoryBytes() > 0) {
            line.add("--memory=" + limits.memoryBytes());
            line.add("--memory-swap=" + limits.memoryBytes());
        }
        line.addAll(List.of("--pids-limit=" + MOST_FILES_AND_PROCESSES));
        line.addAll(List.of("--ulimit", "nofile=" + atMost("Max open files")));
        line.addAll(List.of("--ulimit", "nproc=" + atMost("Max processes")));
        limits.cpuTime().ifPresent(time -> line.addAll(List.of("--ulimit", "cpu=" + ProcessLimits.cpuSeconds(time))));
        return line;
    }

    /** Podman names devices one by one, by the Container Device Interface; Docker takes so many of what there are. */
    private List<String> accelerators() {
        int many = contained.limits().accelerators();
        if (many == 0) {
            return List.of();
        }
        return engine.isPodman()
                ? IntStream.range(0, many)
                        .mapToObj(number -> "--device=nvidia.com/gpu=" + number)
                        .toList()
                : List.of("--gpus=" + many);
    }

    private List<String> mounts() {
        Stream<String> own = contained.folders().stream().map(folder -> folder + ":" + folder);
        Stream<String> others = contained.readOnly().stream().map(folder -> folder + ":" + folder + ":ro");
        return Stream.concat(own, others)
                .flatMap(mount -> Stream.of("--volume", mount))
                .toList();
    }

    /** An engine that may not raise the server's own limits fails unless it is told not to try. */
    private static String atMost(String limit) {
        Matcher hard = Pattern.compile(limit + "\\s+\\S+\\s+(\\d+)").matcher(ownLimits());
        int most = hard.find()
                ? (int) Math.min(MOST_FILES_AND_PROCESSES, Long.parseLong(hard.group(1)))
                : MOST_FILES_AND_PROCESSES;
        return most + ":" + most;
    }

    private static String ownLimits() {
        try {
            return Files.readString(Path.of("/proc/self/limits"));
        } catch (IOException _) {
            return ""; // not Linux: containers run on another machine then
        }
    }
}
