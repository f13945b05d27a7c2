package dev.pawl.pipeline;

import dev.pawl.executor.ProcessTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What can be killed of a server whose work folder this is, or is left of it: found by the variables that its processes have. */
record Prey(Path work) {
    enum Kind {
        SERVER,
        WORKER,
        PROCESS,
        CONTAINER
    }

    private static final Pattern FIRST_IN_ITS_NAMESPACE = Pattern.compile("NSpid:\\s+\\d+(\\s+\\d+)*\\s+1\n");

    List<ProcessHandle> of(Kind kind) {
        return ProcessHandle.allProcesses()
                .filter(ProcessTree::lives)
                .filter(process -> is(kind, process))
                .toList();
    }

    /** Everything but the server itself and the container engine's own. */
    List<String> all() {
        return ProcessHandle.allProcesses()
                .filter(ProcessTree::lives)
                .filter(process -> isMarked(process) || isStep(process))
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse("?"))
                .toList();
    }

    private boolean is(Kind kind, ProcessHandle process) {
        return switch (kind) {
            case SERVER -> false;
            case WORKER -> isMarked(process) && read(process, "cmdline").contains("\0dev.pawl.sdk.WorkerMain\0");
            case PROCESS -> isMarked(process) && isStep(process) && leads(process);
            case CONTAINER ->
                isStep(process)
                        && !isMarked(process)
                        && FIRST_IN_ITS_NAMESPACE
                                .matcher(read(process, "status"))
                                .find();
        };
    }

    private boolean isMarked(ProcessHandle process) {
        return read(process, "environ").contains("\0PAWL_PROCESS=" + work + "#");
    }

    private boolean isStep(ProcessHandle process) {
        return read(process, "environ").contains("\0PAWL_STEP=" + work + "/");
    }

    /** Its group: the program of the step itself, nothing that it started. */
    private static boolean leads(ProcessHandle process) {
        String stat = read(process, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).split(" ");
        return fields.length > 3 && fields[3].equals(Long.toString(process.pid()));
    }

    private static String read(ProcessHandle process, String file) {
        try {
            Path path = Path.of("/proc", Long.toString(process.pid()), file);
            return "\0" + Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return ""; // it has ended
        }
    }
}
