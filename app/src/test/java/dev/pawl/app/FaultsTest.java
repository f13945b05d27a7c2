package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user may do wrong, or the machine, at the command line: each a clear sentence and never a stack trace. */
class FaultsTest {
    @TempDir
    Path folder;

    private record Ended(int exit, String output) {}

    @Test
    void a_port_in_use_is_named_with_a_way_out() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = pawl("up", "--folder", folder.toString(), "--port", "" + taken.getLocalPort());
            assertThat(ended.exit()).isEqualTo(2);
            assertThat(ended.output()).contains("Port " + taken.getLocalPort()).contains("--port");
            isClear(ended);
        }
    }

    @Test
    void a_second_server_on_a_folder_is_refused_and_the_first_goes_on() throws Exception {
        try (DemoServer first = DemoServer.start(folder, 0, true, Clock.system());
                Client client = new Client(first.address(), Clock.system())) {
            Ended ended = pawl("up", "--folder", folder.toString(), "--port", "0");
            assertThat(ended.exit()).isEqualTo(2);
            assertThat(ended.output()).contains("process " + first.pid()).contains(folder.toString());
            isClear(ended);
            assertThat(client.get("v2/health/live").path("live").booleanValue()).isTrue();
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_named() throws Exception {
        Ended ended = pawl("up", "--folder", "/proc/pawl", "--port", "0");
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.output()).contains("/proc/pawl").contains("nothing can be made there");
        isClear(ended);
    }

    /** A real file system that is too small, and is then made larger. */
    @Test
    void a_full_disk_is_told_and_the_folder_works_again_when_there_is_room() throws Exception {
        boolean mounted = run(List.of("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", folder.toString()))
                        .exit()
                == 0;
        if (System.getenv("PAWL_CI") == null) {
            Assumptions.assumeTrue(mounted, "skipped: only root may mount a small disk");
        }
        assertThat(mounted).as("a small disk is mounted").isTrue();
        try {
            Path place = folder.resolve("server");
            Ended ended = pawl("up", "--folder", place.toString(), "--port", "0");
            assertThat(ended.exit()).isEqualTo(1);
            assertThat(ended.output()).contains("its disk is full");
            isClear(ended);
            assertThat(run(List.of("mount", "-o", "remount,size=50m", folder.toString()))
                            .exit())
                    .isZero();
            try (DemoServer server = DemoServer.start(place, 0, true, Clock.system());
                    Client client = new Client(server.address(), Clock.system())) {
                assertThat(client.get("api/facts").path("facts").size()).isZero();
            }
        } finally {
            run(List.of("umount", "-l", folder.toString()));
        }
    }

    @Test
    void an_unknown_prediction_and_an_absent_server_are_told_apart() throws Exception {
        try (DemoServer server = DemoServer.start(folder, 0, true, Clock.system())) {
            Ended unknown = pawl("trace", "--server", server.address(), "never-made");
            assertThat(unknown.exit()).isEqualTo(2);
            assertThat(unknown.output()).contains("never-made");
            isClear(unknown);
        }
        Ended absent = pawl("trace", "--server", "http://127.0.0.1:9/", "never-made");
        assertThat(absent.exit()).isEqualTo(1);
        assertThat(absent.output()).contains("pawl up");
        isClear(absent);
    }

    @Test
    void a_run_without_a_pawl_yaml_says_what_is_missing() throws Exception {
        Ended ended = pawl("run", "--project", folder.toString());
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.output()).contains("pawl.yaml");
        isClear(ended);
    }

    @Test
    void a_word_that_is_no_command_ends_with_2_and_the_usage() throws Exception {
        Ended ended = pawl("dmo");
        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.output()).contains("dmo").contains("demo");
    }

    private static void isClear(Ended ended) {
        assertThat(ended.output()).contains("pawl: ").doesNotContain("\tat ").doesNotContain("unexpected");
    }

    private static Ended pawl(String... arguments) throws IOException, InterruptedException {
        return run(OwnJvm.command(List.of(arguments)));
    }

    private static Ended run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
