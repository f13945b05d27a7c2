package dev.pawl.executor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;

/** The memory of processes, in the machine's and swapped out, as Linux tells of it in /proc; 0 where there is none. */
final class ProcessMemory {
    private static final long KIB = 1024;
    private static final Set<String> OWN = Set.of("VmRSS", "VmSwap");
    private static final Set<String> SHARED_OUT = Set.of("Pss", "SwapPss");

    private ProcessMemory() {}

    /**
     * What they have together. What several of them share counts once; as finding that out takes the longer the more memory there is, it is
     * only done where the answer would be above the limit.
     */
    static long of(Collection<ProcessHandle> processes, long limit) {
        long most = processes.stream().mapToLong(ProcessMemory::own).sum();
        return most <= limit
                ? most
                : processes.stream().mapToLong(ProcessMemory::sharedOut).sum();
    }

    private static long own(ProcessHandle process) {
        return sum(process, "status", OWN);
    }

    /** Pages that several processes have count as parts of one for each. */
    private static long sharedOut(ProcessHandle process) {
        long shared = sum(process, "smaps_rollup", SHARED_OUT);
        return shared > 0
                ? shared
                : own(process); // a kernel that does not tell, or a process whose secrets are guarded
    }

    private static long sum(ProcessHandle process, String file, Set<String> names) {
        try {
            Path path = Path.of("/proc", Long.toString(process.pid()), file);
            return Files.readString(path, StandardCharsets.ISO_8859_1)
                    .lines()
                    .map(line -> line.split(":?\\s+"))
                    .filter(words -> words.length == 3 && names.contains(words[0]))
                    .mapToLong(words -> Long.parseLong(words[1]) * KIB)
                    .sum();
        } catch (IOException _) {
            return 0; // it has ended, or this is not Linux
        }
    }
}
