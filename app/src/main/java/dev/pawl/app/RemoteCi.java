package dev.pawl.app;

import dev.pawl.ci.CiRun;
import dev.pawl.definition.PawlYaml;
import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** CI of a server, looked at from here. */
record RemoteCi(Client client) {
    private static final int MOST = 1_000;

    /** Newest first. */
    List<CiRun> runs(Optional<String> project, int limit) {
        String of = project.map(name -> "&project=" + Client.encode(name)).orElse("");
        return List.of(
                Json.read(client.get("api/ci?limit=" + limit + of).path("runs").toString(), CiRun[].class));
    }

    CiProgress progress(String id) {
        return CiProgress.of(client.get(path(id)), Clock.system().now());
    }

    static String path(String id) {
        return "api/ci/" + Client.encode(id);
    }

    /** The one that is meant, else the newest of the project and branch of a folder. */
    String id(Optional<String> given, Path folder) {
        return given.orElseGet(() -> newest(folder).id().value());
    }

    private CiRun newest(Path folder) {
        if (!Files.isRegularFile(folder.resolve(PawlYaml.FILE))) {
            throw PawlException.user(
                    "no-project",
                    "Name a CI run ('pawl ci list' lists them), or go to a project's folder: there is no "
                            + PawlYaml.FILE + " in " + folder);
        }
        ProjectName project = PawlYaml.read(folder).project();
        String branch = WorkingFiles.in(folder, new Commands(Clock.system(), OwnJvm.javaHome()))
                .branch();
        return runs(Optional.of(project.value()), MOST).stream()
                .filter(run -> run.branch().equals(branch))
                .findFirst()
                .orElseThrow(() -> PawlException.notFound(
                        "no-ci-run",
                        "The server has no CI run of branch '%s' of project '%s'; push it".formatted(branch, project)));
    }
}
