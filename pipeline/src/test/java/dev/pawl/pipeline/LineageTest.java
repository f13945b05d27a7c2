package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineageTest {
    private static final String COPY = "cat $PAWL_INPUTS/* > $PAWL_OUTPUTS/%s";

    @TempDir
    Path folder;

    private static Digest output(Rig rig, RunId run, String step) {
        return rig.stepOf(run, step).outputs().values().iterator().next();
    }

    @ParameterizedTest
    @EnumSource
    void the_way_back_and_the_way_forth_are_the_same_way(TestDatabases database) {
        try (Rig rig = Rig.on(database, folder).start()) {
            RunId run = rig.submit(pipeline(
                    rig.step("a", "echo 1 > $PAWL_OUTPUTS/a"),
                    rig.step("b", COPY.formatted("b") + "; echo 2 >> $PAWL_OUTPUTS/b")
                            .after("a"),
                    rig.step("c", COPY.formatted("c") + "; echo 3 >> $PAWL_OUTPUTS/c")
                            .after("b")));
            rig.awaitEnd(run);
            Lineage lineage = new Lineage(rig.store());

            assertThat(lineage.back(output(rig, run, "c")))
                    .extracting(stop -> stop.through().step().value())
                    .containsExactly("c", "b", "a");
            assertThat(lineage.forth(output(rig, run, "a")))
                    .extracting(stop -> stop.through().step().value())
                    .containsExactly("b", "c");
            assertThat(lineage.of(run)).hasSize(5);
        }
    }

    @Test
    void what_came_from_the_cache_leads_back_to_the_step_that_made_it_first() {
        try (Rig rig = Rig.in(folder).start()) {
            var definition = pipeline(rig.step("a", "echo 1 > $PAWL_OUTPUTS/a"));
            RunId first = rig.run(definition).spec().id();
            RunId second = rig.run(definition).spec().id();

            assertThat(new Lineage(rig.store()).back(output(rig, second, "a")))
                    .singleElement()
                    .satisfies(stop -> assertThat(stop.through().run()).isEqualTo(first));
        }
    }

    @ParameterizedTest
    @EnumSource
    void lists_and_what_was_made_of_their_elements_are_connected(TestDatabases database) {
        try (Rig rig = Rig.on(database, folder).start()) {
            RunId run = rig.submit(pipeline(
                    rig.step("parts", "for i in 0 1 2; do echo $i > $PAWL_OUTPUTS/parts/00000$i; done")
                            .givingList(),
                    rig.step("each", COPY.formatted("each") + "; echo >> $PAWL_OUTPUTS/each")
                            .each("parts"),
                    rig.step("all", "ls $PAWL_INPUTS/each > $PAWL_OUTPUTS/all").after("each")));
            rig.awaitEnd(run);
            Lineage lineage = new Lineage(rig.store());

            assertThat(lineage.back(output(rig, run, "all")))
                    .extracting(stop -> stop.through().step().value())
                    .containsExactly("all", "each", "parts");
            assertThat(lineage.forth(output(rig, run, "parts")))
                    .extracting(stop -> stop.through().step().value())
                    .containsExactly("each", "all");
            RunStep second = rig.orchestrator()
                    .items(run, rig.stepOf(run, "each").name(), 1, 1)
                    .getFirst();
            assertThat(lineage.back(requireNonNull(second.outputs().get("each"))))
                    .extracting(
                            stop -> stop.through().step() + " " + stop.through().item())
                    .containsExactly("each Optional[1]", "parts Optional.empty");
        }
    }

    @Test
    void a_run_leads_back_through_its_own_steps_and_forth_into_others() {
        try (Rig rig = Rig.in(folder).start()) {
            TestStep a = rig.step("a", "echo 1 > $PAWL_OUTPUTS/a");
            RunId first = rig.run(pipeline(a)).spec().id();
            RunId second = rig.run(pipeline(
                            a,
                            rig.step("b", COPY.formatted("b") + "; echo >> $PAWL_OUTPUTS/b")
                                    .after("a")))
                    .spec()
                    .id();
            Lineage lineage = new Lineage(rig.store());

            assertThat(lineage.back(second))
                    .extracting(stop -> stop.through().run())
                    .containsExactly(second, second);
            assertThat(lineage.forth(first))
                    .singleElement()
                    .satisfies(stop -> assertThat(stop.through().run()).isEqualTo(second));
            assertThat(lineage.forth(second)).isEmpty();
        }
    }

    @Test
    void an_artifact_is_found_by_the_beginning_of_its_digest() {
        try (Rig rig = Rig.in(folder).start()) {
            RunId run = rig.run(pipeline(rig.step("a", "echo 1 > $PAWL_OUTPUTS/a")))
                    .spec()
                    .id();
            Digest made = output(rig, run, "a");
            Lineage lineage = new Lineage(rig.store());

            assertThat(lineage.artifact(made.brief())).isEqualTo(made);
            assertThat(lineage.artifact(made.value())).isEqualTo(made);
            assertThatThrownBy(() -> lineage.artifact("sha256:0000")).hasMessageContaining("No step of a run");
        }
    }

    @Test
    void an_attempt_says_on_which_machine_it_was_made() {
        try (Rig rig = Rig.in(folder).start()) {
            RunId run = rig.run(pipeline(rig.step("a", "echo 1 > $PAWL_OUTPUTS/a")))
                    .spec()
                    .id();

            RunAttempt attempt =
                    rig.orchestrator().runs().attempt(rig.stepOf(run, "a")).orElseThrow();
            assertThat(attempt.executor()).isEqualTo("process");
            assertThat(attempt.jdk()).startsWith(Runtime.version().toString());
            assertThat(attempt.system()).contains(System.getProperty("os.arch"));
            assertThat(attempt.host()).isNotBlank();
        }
    }

    @Test
    void why_a_step_ran_again_is_said_in_words() {
        try (Rig rig = Rig.in(folder).start()) {
            Why why = new Why(rig.store());
            TestStep reader = rig.step("b", COPY.formatted("b")).after("a");
            RunId first = rig.run(
                            pipeline(rig.step("a", "echo 1 > $PAWL_OUTPUTS/a").parameter("eta", 0.1), reader))
                    .spec()
                    .id();
            RunId second = rig.run(pipeline(
                            rig.step("a", "echo $(( 1 + 1 )) > $PAWL_OUTPUTS/a").parameter("eta", 0.2), reader))
                    .spec()
                    .id();
            RunId third = rig.run(pipeline(
                            rig.step("a", "echo $(( 1 + 1 )) > $PAWL_OUTPUTS/a").parameter("eta", 0.2), reader))
                    .spec()
                    .id();

            assertThat(why.of(rig.stepOf(first, "a")).summary()).contains("never ran before");
            assertThat(why.of(rig.stepOf(second, "a")).summary())
                    .contains(
                            first.value(),
                            "its command changed from 'echo 1",
                            "parameter 'eta' changed from 0.1 to 0.2");
            assertThat(why.of(rig.stepOf(second, "b")).differences())
                    .singleElement()
                    .satisfies(text -> assertThat(text).startsWith("the content of input 'a' changed from"));
            assertThat(why.of(rig.stepOf(third, "b")).summary()).contains("did not run", second.value());
        }
    }
}
