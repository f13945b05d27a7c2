package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pawl.executor.Program.CommandLine;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A command that is observed is run as any other, and what it reads is told. */
class ObservedProcessTest extends ExecutorKit {
    @BeforeEach
    void strace_is_there() {
        if (System.getenv("PAWL_CI") == null) {
            assumeThat(TestExecutors.commands().has("strace"))
                    .as("strace, which sees what commands read: apt-get install strace")
                    .isTrue();
        }
    }

    @Override
    Program program(Act act) {
        return command(Scripts.of(act));
    }

    @Override
    Execution execution(Program program, Limits limits) {
        return super.execution(program, limits).watched();
    }

    /** Few: each has a strace that is nobody's child, and the JDK keeps a thread for a minute for each of those that it waited for. */
    @Override
    int many() {
        return 4;
    }

    @Override
    List<String> usualVariables() {
        return List.of("HOME", "JAVA_HOME", "LANG", "PATH", "password");
    }

    private static Program command(String script) {
        return new CommandLine(script, Optional.empty(), Optional.empty());
    }

    private Observed observed(String script) throws InterruptedException {
        Ending ending = executor().run(execution(command(script), Limits.within(LONG)), _ -> {});
        assertThat(ending.succeeded()).as(ending.tail()).isTrue();
        return ending.observed();
    }

    private List<String> reads(String script) throws InterruptedException {
        return observed(script).reads().stream()
                .map(read -> read.kind() + " " + read.what())
                .toList();
    }

    @Test
    void a_file_elsewhere_is_told_by_its_real_path_also_where_a_child_of_a_child_reads_it() throws Exception {
        Path elsewhere = Files.writeString(folder.toRealPath().resolve("hollidäys <1>.csv"), "day\n");

        assertThat(reads("ln -s '%s' link; sh -c 'cat link > own; cat own' | (cat; true)".formatted(elsewhere)))
                .containsExactly("FILE " + elsewhere);
    }

    @Test
    void what_it_was_given_and_what_it_makes_is_not() throws Exception {
        Path made = folder.resolve("made.txt");

        assertThat(reads("""
            cat "$PAWL_STEP"; date; ls -l /; id; echo x > own; cat own
            cp own '%1$s'; cat '%1$s'; cp '%1$s' "$PAWL_OUTPUTS/done"; "$JAVA_HOME/bin/java" --version
            """.formatted(made))).isEmpty();
        assertThat(made).hasContent("x");
    }

    @Test
    void an_attempt_to_connect_is_told() throws Exception {
        assumeThat(TestExecutors.commands().has("python3")).as("python3").isTrue();
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(reads("""
            python3 -c 'import socket; print(socket.socket().connect_ex(("127.0.0.1", %d)))'
            """.formatted(port))).containsExactly("NETWORK 127.0.0.1:" + port);
    }

    @Test
    void what_cannot_be_seen_is_said() throws Exception {
        assertThat(observed("date").unseen()).containsExactly(TracedReads.CLOCK);
    }

    @Test
    void who_is_not_observed_tells_nothing() throws Exception {
        Execution watched = execution(command("cat /etc/passwd"), Limits.within(LONG));
        Execution plain = new Execution(
                watched.id(),
                watched.program(),
                watched.folder(),
                watched.call(),
                watched.environment(),
                watched.secrets(),
                watched.limits());

        assertThat(executor().run(plain, _ -> {}).observed()).isEqualTo(Observed.NOT_ASKED);
    }

    @Test
    void ten_thousand_files_are_opened_and_a_hundred_told() throws Exception {
        Path elsewhere = Folders.make(folder.resolve("elsewhere"));
        for (int i = 0; i < 150; i++) {
            Files.writeString(elsewhere.resolve("file-" + i), "x");
        }
        Observed observed = observed(
                "i=0; while [ $i -lt 70 ]; do cat '%s'/* > /dev/null; i=$((i + 1)); done".formatted(elsewhere));

        assertThat(observed.reads()).hasSize(100);
        assertThat(observed.unseen()).contains("more than 100 reads");
    }
}
