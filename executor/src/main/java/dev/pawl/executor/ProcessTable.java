package dev.pawl.executor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes of this machine, as Linux tells of them in /proc. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    /** Of the fields of /proc/PID/stat after the program's name, which may have any letters in it. */
    private static final int STATE = 0;

    private static final int GROUP = 2;
    private static final int FAULTS_OF_CHILDREN = 8;
    private static final int START = 19;
    private static final int VARIABLES = 47;

    private ProcessTable() {}

    /**
     * A process.
     *
     * @param group 0 for those of the system itself
     * @param faultsOfChildren page faults of the children that ended: more of them, if another one did
     * @param start in the system's own unit
     * @param variables where they are; nowhere for a process that begins another program, or whom this one may not look at
     */
    record Entry(long pid, String state, long group, long faultsOfChildren, long start, String variables) {
        /** Whether its program was left for another one, which has nothing yet. */
        boolean isBeginning() {
            return lives() && variables.equals("0");
        }

        private boolean lives() {
            return group != 0 && !state.equals("Z") && !state.equals("X");
        }
    }

    static boolean isThere() {
        return Files.isReadable(PROC.resolve("self/stat"));
    }

    /** Empty where there is no /proc. */
    static List<Entry> living() {
        String[] names = PROC.toFile().list((_, name) -> Character.isDigit(name.charAt(0)));
        return Stream.of(names == null ? new String[0] : names)
                .flatMap(name -> read(Long.parseLong(name)).stream())
                .filter(Entry::lives)
                .toList();
    }

    static Optional<Entry> read(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(new Entry(
                    pid,
                    fields[STATE],
                    Long.parseLong(fields[GROUP]),
                    Long.parseLong(fields[FAULTS_OF_CHILDREN]),
                    Long.parseLong(fields[START]),
                    fields[VARIABLES]));
        } catch (IOException _) {
            return Optional.empty(); // it has ended
        }
    }
}
