package dev.pawl.app;

import dev.pawl.ci.Ci;
import dev.pawl.ci.CiRun;
import dev.pawl.ci.CiSettings;
import dev.pawl.ci.Scope;
import dev.pawl.definition.PawlYaml;
import dev.pawl.executor.Commands;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import java.nio.file.Path;
import java.util.Optional;

/** The server's CI over the laboratory of a working copy, whose files it checks. */
record LocalChecks(Ci ci, WorkingFiles files) implements AutoCloseable {
    private static final int MOST_LEFT = 100;
    private static final ProjectName UNNAMED = new ProjectName("unnamed");

    static LocalChecks of(Laboratory laboratory, Path project) {
        var commands = new Commands(laboratory.store().clock(), OwnJvm.javaHome());
        var files = WorkingFiles.in(project, commands);
        Ci ci = laboratory.ci(files, new CiSettings(OwnJvm.javaHome(), 1));
        // What a process left that was killed was about files that may be others by now.
        ci.runs(Optional.empty(), MOST_LEFT).stream()
                .filter(run -> !run.state().isOver())
                .forEach(run -> ci.cancel(run.id()));
        ci.start();
        return new LocalChecks(ci, files);
    }

    CiRun begin(Scope scope) {
        return ci.check(name(), files.branch(), files.commit(), scope);
    }

    /** Of a pawl.yaml that cannot be read, the check says what is wrong. */
    private ProjectName name() {
        try {
            return PawlYaml.read(files.root()).project();
        } catch (PawlException _) {
            return UNNAMED;
        }
    }

    void cancel(CiRunId id) {
        try {
            ci.cancel(id);
        } catch (PawlException _) {
            // it ended just now
        }
    }

    @Override
    public void close() {
        ci.close();
    }
}
