package dev.pawl.app;

import dev.pawl.definition.PawlYaml;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A working copy's folder, and the one in it that is Pawl's. */
final class ProjectFolder {
    private ProjectFolder() {}

    /** @throws PawlException if it is no folder */
    static Path given(Path given) {
        Path folder = given.toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            String wrong = Files.exists(folder) ? folder + " is none" : "there is no " + folder;
            throw PawlException.user("no-folder", "--project wants the folder of a project, and " + wrong);
        }
        return folder;
    }

    /** @throws PawlException if there is no pawl.yaml, so that nothing is begun, nor any folder made, in a wrong place */
    static Path require(Path folder) {
        if (Files.isRegularFile(folder.resolve(PawlYaml.FILE))) {
            return folder;
        }
        String above = Stream.iterate(folder.getParent(), up -> up != null, Path::getParent)
                .filter(up -> Files.isRegularFile(up.resolve(PawlYaml.FILE)))
                .findFirst()
                .map(up -> "; there is one in " + up + ": go there, or say --project " + up)
                .orElse("; name the project's folder with --project");
        throw PawlException.user("no-project", "There is no " + PawlYaml.FILE + " in " + folder + above);
    }

    /** Makes Pawl's own folder, which git is not to see: it holds data and secrets. */
    static Path makeUnversioned(Path folder) {
        Path ignore = folder.resolve(".gitignore");
        try {
            Files.createDirectories(folder);
            if (!Files.exists(ignore)) {
                Files.writeString(ignore, "*\n");
            }
            return folder;
        } catch (IOException e) {
            throw Folders.trouble("make the folder " + folder, e);
        }
    }
}
