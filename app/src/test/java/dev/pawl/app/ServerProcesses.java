package dev.pawl.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processes of this machine that have to do with a folder, by their command lines and variables. */
record ServerProcesses(Path folder) {
    /** @param known is none of them, nor is this process */
    List<ProcessHandle> without(long known) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != known
                        && process.pid() != ProcessHandle.current().pid())
                .filter(process -> names(process, "cmdline") || names(process, "environ"))
                .toList();
    }

    private boolean names(ProcessHandle process, String what) {
        try {
            byte[] text = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), what));
            return new String(text, StandardCharsets.ISO_8859_1).contains(folder.toString());
        } catch (IOException e) {
            return false; // it has ended, or is another user's
        }
    }
}
