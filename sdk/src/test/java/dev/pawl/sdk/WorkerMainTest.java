package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real worker processes. */
@Timeout(120)
class WorkerMainTest {
    private static final String DONE = "{\"exit\":0}";

    @TempDir
    Path folder;

    @Test
    void a_worker_says_that_it_is_ready_runs_steps_one_after_the_other_and_ends_with_its_requests() throws Exception {
        try (WorkerProcess worker = ready()) {
            assertThat(worker.run(call("fine"), "fine")).isEqualTo(DONE);
            assertThat(worker.log()).isEqualTo("fine\n");
            assertThat(output("fine")).isEqualTo("\"-1 false clean step fine\"\n");
            assertThat(worker.run(call("printsWithoutNewline"), "printsWithoutNewline"))
                    .isEqualTo(DONE);
            assertThat(worker.log()).isEqualTo("outerr");
            worker.endRequests();
            assertThat(worker.exit()).isZero();
            assertThat(worker.rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "closesItsStreams, before after",
        "replacesItsStreams, held back",
        "interruptsAll, still here",
        "leavesThings, ''",
    })
    void what_a_step_does_to_its_streams_and_threads_does_not_reach_the_next_one(String method, String log)
            throws Exception {
        try (WorkerProcess worker = ready()) {
            assertThat(worker.run(call(method), method)).isEqualTo(DONE);
            assertThat(worker.log()).isEqualTo(log);
            assertThat(worker.run(call("fine"), "fine")).isEqualTo(DONE);
            assertThat(worker.log()).isEqualTo("fine\n");
            assertThat(output("fine")).isEqualTo("\"-1 false clean step fine\"\n");
            worker.endRequests();
            assertThat(worker.exit()).isZero();
        }
    }

    @Test
    void what_is_printed_past_java_comes_before_the_marker_and_a_process_of_the_step_reads_no_requests()
            throws Exception {
        try (WorkerProcess worker = ready()) {
            assertThat(worker.run(call("printsPastJava"), "printsPastJava")).isEqualTo(DONE);
            assertThat(worker.log()).startsWith("native").endsWith(".\n");
            assertThat(worker.run(call("fine"), "fine")).isEqualTo(DONE);
        }
    }

    @Test
    void huge_output_passes() throws Exception {
        try (WorkerProcess worker = ready()) {
            Map<String, Object> call = new Calls(folder).of("printsMuch", Map.of(), Map.of("kilobytes", 8192L), "out");
            assertThat(worker.run(call, "printsMuch")).isEqualTo(DONE);
            assertThat(worker.log()).hasSize(8192 * 1024);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fails, 'java.io.FileNotFoundException,java.io.IOException,java.lang.Exception', FileNotFoundException: gone",
        "throwsAnError, 'java.lang.AssertionError,java.lang.Error', AssertionError: wrong",
        "overflows, 'java.lang.StackOverflowError,java.lang.VirtualMachineError,java.lang.Error', StackOverflowError",
        "takesAllMemory, 'java.lang.OutOfMemoryError,java.lang.VirtualMachineError,java.lang.Error', OutOfMemoryError",
    })
    void what_a_step_throws_is_told_by_class_and_printed(String method, String exceptions, String log)
            throws Exception {
        try (WorkerProcess worker = ready("-Xmx64m")) {
            assertThat(worker.run(call(method), method))
                    .isEqualTo("{\"exit\":1,\"exceptions\":[\"" + exceptions.replace(",", "\",\"") + "\"]}");
            assertThat(worker.log()).contains(log, "at dev.pawl.sdk.Mischief." + method);
            assertThat(worker.run(call("fine"), "fine")).isEqualTo(DONE);
        }
    }

    @Test
    void an_exception_that_cannot_be_printed_is_still_told() throws Exception {
        try (WorkerProcess worker = ready()) {
            assertThat(worker.run(call("throwsWhatCannotBePrinted"), "throwsWhatCannotBePrinted"))
                    .contains("\"exit\":1", "java.lang.IllegalStateException");
            assertThat(worker.log()).contains("cannot be printed: java.lang.UnsupportedOperationException");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void a_step_that_exits_ends_the_worker_without_a_reply_and_the_log_says_where(int code) throws Exception {
        try (WorkerProcess worker = ready()) {
            Map<String, Object> call = new Calls(folder).of("exits", Map.of(), Map.of("code", (long) code), "out");
            assertThat(worker.run(call, "exits")).isNull();
            assertThat(worker.exit()).isEqualTo(code);
            assertThat(worker.rest())
                    .contains("last words Step exits: it called System.exit in dev.pawl.sdk.Mischief.exits (line ")
                    .contains("a step ends when its method returns or throws");
        }
    }

    @Test
    void a_step_that_halts_ends_the_worker() throws Exception {
        try (WorkerProcess worker = ready()) {
            assertThat(worker.run(call("halts"), "halts")).isNull();
            assertThat(worker.exit()).isEqualTo(9);
        }
    }

    @Test
    void a_step_gets_its_secret_and_the_log_does_not() throws Exception {
        try (WorkerProcess worker = ready()) {
            assertThat(worker.run(call("tells"), "tells")).isEqualTo(DONE);
            assertThat(output("tells")).isEqualTo("\"6x\"\n");
            Map<String, Object> call = new Calls(folder).of("tells", Map.of(), Map.of("text", 3L), "out");
            assertThat(worker.run(call, "tells")).isEqualTo("{\"exit\":1,\"exceptions\":[]}");
            assertThat(worker.log() + worker.log())
                    .isEqualTo("Step tells: Parameter 'text' must be of type string, but is 3\n");
        }
    }

    @Test
    void nonsense_and_steps_that_are_not_there_are_unusable() throws Exception {
        try (WorkerProcess worker = ready()) {
            worker.ask("{");
            assertThat(worker.reply()).isEqualTo("{\"exit\":2}");
            assertThat(worker.log()).isEqualTo("request:1:2: not JSON: expected a key in quotes\n");
            worker.ask("{\"class\":\"x\"}");
            assertThat(worker.reply()).isEqualTo("{\"exit\":2}");
            assertThat(worker.log()).isEqualTo("The request has no text 'method' among [class]\n");
            assertThat(worker.run(call("bake"), "bake")).isEqualTo("{\"exit\":2}");
            assertThat(worker.log()).contains("Mischief has no step 'bake'; it has [closesItsStreams,");
        }
    }

    @Test
    void without_a_place_for_replies_there_is_usage() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.pawl.sdk.WorkerMain")
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(process.errorReader().readLine()).startsWith("Usage: PAWL_REPLIES=<file> WorkerMain");
    }

    private WorkerProcess ready(String... javaOptions) throws IOException {
        WorkerProcess worker = new WorkerProcess(javaOptions);
        assertThat(worker.reply())
                .isEqualTo("{\"ready\":true,\"contract\":2,\"java\":\"" + System.getProperty("java.version") + "\"}");
        return worker;
    }

    private Map<String, Object> call(String step) {
        return new Calls(folder).of(step, Map.of(), Map.of(), "out");
    }

    private String output(String step) throws IOException {
        assertThat(step).isNotBlank();
        return Files.readString(folder.resolve("out"));
    }
}
