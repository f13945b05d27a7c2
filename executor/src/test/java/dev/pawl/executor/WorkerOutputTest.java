package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WorkerOutputTest {
    private static final String MARKER = "\0pawl-end-of-step\n";
    private static final String STEP = "one\0\0pawl-end-of\0two\n";

    private final Answer.Text before = new Answer.Text();
    private final Answer.Text step = new Answer.Text();
    private final WorkerOutput output = new WorkerOutput(before);

    @Test
    void a_step_gets_what_comes_until_its_marker_however_it_is_cut() {
        byte[] all = (STEP + MARKER + "late").getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= all.length; cut++) {
            Answer.Text log = new Answer.Text();
            WorkerOutput cutOutput = new WorkerOutput(before);
            CountDownLatch complete = cutOutput.begin(log);
            byte[] rest = Arrays.copyOfRange(all, cut, all.length);
            cutOutput.write(all, cut);
            cutOutput.write(rest, rest.length);
            assertThat(log.toString()).as("cut at %d", cut).isEqualTo(STEP.strip());
            assertThat(complete.getCount()).isZero();
        }
    }

    @Test
    void what_comes_before_the_first_step_and_between_steps_is_no_steps() {
        write("starting");
        output.begin(step);
        write("first" + MARKER + "between");
        Answer.Text next = new Answer.Text();
        CountDownLatch complete = output.begin(next);
        write("second");

        assertThat(before.toString()).isEqualTo("starting");
        assertThat(step.toString()).isEqualTo("first");
        assertThat(next.toString()).isEqualTo("second");
        assertThat(complete.getCount()).isOne();
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.write(bytes, bytes.length);
    }
}
