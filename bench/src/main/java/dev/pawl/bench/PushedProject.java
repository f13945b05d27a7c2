package dev.pawl.bench;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A working copy, of the births example for instance, that is pushed to a server. */
final class PushedProject implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Path folder;
    private final URI server;
    private final Clock clock = Clock.system();
    private final HttpClient http = HttpClient.newHttpClient();

    private PushedProject(Path folder, URI server) {
        this.folder = folder;
        this.server = server;
    }

    /** @param folder does not exist yet */
    static PushedProject births(Path root, Path folder, URI server) throws IOException, InterruptedException {
        Path example = root.resolve("examples/births");
        try (Stream<Path> walk = Files.walk(example)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                Path name = example.relativize(file);
                if (!name.startsWith("target") && !name.startsWith(".pawl")) {
                    Files.createDirectories(folder.resolve(name).getParent());
                    Files.copy(file, folder.resolve(name));
                }
            }
        }
        PushedProject project = new PushedProject(folder, server);
        done(project.git("init", "-q"));
        project.commit("The births pipeline");
        return project;
    }

    /**
     * Files of chance, which cannot be packed; not committed yet. Git is told not to look for what two of them have in common, for which
     * it takes minutes.
     *
     * @param folder does not exist yet
     */
    static PushedProject noise(Path folder, URI server, int files, int mib) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Random chance = new Random(7);
        byte[] piece = new byte[1024 * 1024];
        for (int file = 0; file < files; file++) {
            try (OutputStream out = Files.newOutputStream(folder.resolve("noise-" + file))) {
                for (int i = 0; i < mib; i++) {
                    chance.nextBytes(piece);
                    out.write(piece);
                }
            }
        }
        PushedProject project = new PushedProject(folder, server);
        done(project.git("init", "-q"));
        done(project.git("config", "core.bigFileThreshold", "1m"));
        return project;
    }

    PushedProject change(String file, String from, String to) throws IOException {
        Path path = folder.resolve(file);
        String text = Files.readString(path);
        if (!text.contains(from)) {
            throw new IOException(file + " has no " + from);
        }
        Files.writeString(path, text.replace(from, to));
        return this;
    }

    /** @return the commit */
    String commit(String message) throws IOException, InterruptedException {
        done(git("add", "-A"));
        done(git("commit", "-q", "--allow-empty", "-m", message));
        Process asked = git("rev-parse", "HEAD");
        return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** Begins to push a commit; whoever asks waits for the process. */
    Process push(String commit, String project, String branch) throws IOException {
        String url = server.resolve("git/" + project + ".git").toString();
        return git("push", "-q", url, commit + ":refs/heads/" + branch);
    }

    /** Begins to clone the project; whoever asks waits for the process. */
    Process copy(String project, Path target) throws IOException {
        String url = server.resolve("git/" + project + ".git").toString();
        return git("clone", "-q", url, target.toString());
    }

    static void done(Process git) throws IOException, InterruptedException {
        if (git.waitFor() != 0) {
            throw new IOException("git ended with " + git.exitValue());
        }
    }

    private Process git(String... words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=bench", "-c", "user.email=bench@localhost"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** CI runs, each with its checks, once so many are over; in the order in which they were queued. */
    List<JsonNode> verdicts(int many) throws IOException, InterruptedException {
        long until = clock.nanos() + LONGEST.toNanos();
        while (clock.nanos() < until) {
            List<JsonNode> over = get("api/ci?limit=200")
                    .path("runs")
                    .valueStream()
                    .filter(run -> run.path("finished_at").isString())
                    .toList();
            if (over.size() >= many) {
                return over.reversed();
            }
            clock.sleep(BETWEEN_LOOKS);
        }
        throw new IOException("there were not " + many + " verdicts within " + LONGEST);
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path)).build();
        return Json.tree(http.send(request, BodyHandlers.ofString()).body());
    }

    static double between(JsonNode from, JsonNode to) {
        return Duration.between(instant(from), instant(to)).toMillis() / 1e3;
    }

    static Instant instant(JsonNode text) {
        return Instant.parse(text.stringValue());
    }

    @Override
    public void close() {
        http.close();
    }
}
