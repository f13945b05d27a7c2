package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the pool treats observed calls; what a worker sees is tested with the sdk. */
@Timeout(120)
class ObservedWorkerTest extends ExecutorRig {
    @Override
    Program program(Act act) {
        return new Program.JavaCall(TestExecutors.stepClasses(), TestSteps.class.getName(), "count");
    }

    private Ending run(boolean observed) throws InterruptedException {
        Execution execution = execution(Act.SUCCEED, Limits.within(LONG));
        return executor().run(observed ? execution.watched() : execution, _ -> {});
    }

    @Test
    void an_observed_call_has_a_fresh_jvm_of_its_own() throws Exception {
        assertThat(run(false).tail()).contains("call 1");
        assertThat(run(true).tail()).contains("call 1");
        assertThat(run(true).tail()).contains("call 1");
        assertThat(run(false).tail()).contains("call 2");
    }

    @Test
    void a_worker_that_cannot_observe_is_told() throws Exception {
        Ending ending = run(true);

        assertThat(ending.succeeded()).isTrue();
        assertThat(ending.observed().reads()).isEmpty();
        assertThat(ending.observed().unseen())
                .containsExactly("anything: the pawl-sdk of the package does not tell what steps read");
        assertThat(run(false).observed()).isEqualTo(Observed.NOT_ASKED);
    }

    @Test
    void a_reply_has_what_was_read() {
        assertThat(WorkerReply.parse("""
            {"exit":0,"observed":{"reads":[
            {"kind":"clock","what":"java.time.Instant.now","where":"a.B.c, line 3"},
            {"kind":"magic","what":"x","where":""}, 7, {"kind":"file"}],"unseen":["much"]}}\
            """))
                .isEqualTo(new WorkerReply.Done(
                        0,
                        List.of(),
                        new Observed(
                                List.of(
                                        new Read(Read.Kind.CLOCK, "java.time.Instant.now", "a.B.c, line 3"),
                                        new Read(Read.Kind.FILE, "", "")),
                                List.of("much"))));
        assertThat(WorkerReply.parse("{\"exit\":0,\"observed\":7}"))
                .isEqualTo(new WorkerReply.Done(0, List.of(), Observed.NOT_ASKED));
    }
}
