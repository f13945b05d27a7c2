package dev.pawl.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which working copy a command is about. */
final class ProjectOption {
    @Option(names = "--project", paramLabel = "FOLDER", description = "The working copy (default: this folder).")
    private @Nullable Path project;

    boolean isGiven() {
        return project != null;
    }

    /** There is such a folder, whatever is in it. */
    Path folder() {
        return ProjectFolder.given(project == null ? Path.of("") : project);
    }
}
