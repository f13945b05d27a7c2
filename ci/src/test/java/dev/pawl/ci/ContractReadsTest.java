package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What steps read and do not declare is told by the contract check, and fails nothing. */
class ContractReadsTest {
    private static final String WELL = "every step gave what it declares, 2 of 2 the same again";

    @TempDir
    Path folder;

    private CiServer server;
    private Project project;
    private Path holidays;

    @BeforeEach
    void start() throws IOException {
        holidays = Files.writeString(folder.toRealPath().resolve("holidays.csv"), "day\n1969-01-01\n");
        project = Project.in(folder.resolve("copy"));
        server = CiServer.start(folder.resolve("server"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CiCheck contract() {
        CiRun run = server.ended(project.push(server));
        CiCheck check = server.check(run.id(), CiCheck.CONTRACT);
        assertThat(check.state()).as(check.summary()).isEqualTo(CiCheck.State.PASSED);
        return check;
    }

    private static void requireStrace() {
        if (System.getenv("PAWL_CI") == null) {
            assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator))
                            .anyMatch(bin -> Files.isExecutable(Path.of(bin, "strace"))))
                    .as("strace, which sees what commands read: apt-get install strace")
                    .isTrue();
        }
    }

    @Test
    void a_command_that_reads_a_file_outside_of_its_folder_is_told() {
        requireStrace();
        project.write(
                "steps/evaluate.sh",
                "echo \"{\\\"rows\\\": $(wc -l < %s)}\" > \"$PAWL_OUTPUTS/evaluate.json\"\n".formatted(holidays));
        CiCheck check = contract();

        assertThat(check.summary()).isEqualTo(WELL + "; step 'evaluate' reads what it does not declare: " + holidays);
        assertThat(check.evidence().toString())
                .contains("what=" + holidays, "the clock: commands read it without asking the system");
    }

    @Test
    void a_method_that_reads_a_file_and_the_clock_is_told_with_the_lines() {
        project.inJava().write("src/births/Births.java", """
            package births;
            import dev.pawl.sdk.*;
            import java.nio.file.*;
            public final class Births {
                static final long START = java.time.Instant.now().getEpochSecond();
                @Step public Table ingest(@Source("births") Path csv) { return Table.read(csv); }
                @Step public Report evaluate(Table ingest) throws java.io.IOException {
                    int days = Files.readAllLines(Path.of("%s")).size();
                    return Report.empty().with("rows", START > 0 ? days : ingest.rows());
                }
            }
            """.formatted(holidays));
        CiCheck check = contract();

        assertThat(check.summary())
                .isEqualTo(WELL
                        + "; step 'ingest' reads what it does not declare: the clock (java.time.Instant.now at"
                        + " births.Births.<clinit>, line 5)"
                        + "; step 'evaluate' reads what it does not declare: the clock (java.time.Instant.now at"
                        + " births.Births.<clinit>, line 5), " + holidays + " (births.Births.evaluate, line 8)");
        assertThat(check.evidence().toString()).contains("what native code");
    }

    @Test
    void a_step_that_cannot_bear_to_be_observed_is_run_once_more_without() {
        requireStrace();
        project.write("steps/evaluate.sh", """
            if grep -q 'TracerPid:.[1-9]' /proc/self/status; then exit 7; fi
            echo '{}' > "$PAWL_OUTPUTS/evaluate.json"
            """);
        CiCheck check = contract();

        assertThat(check.summary()).isEqualTo(WELL);
        assertThat(check.evidence().toString()).contains("the step did not succeed while it was observed");
    }

    @Test
    void steps_that_read_what_they_declare_have_nothing_to_tell() {
        project.inJava();

        assertThat(contract().summary()).isEqualTo(WELL);
    }
}
