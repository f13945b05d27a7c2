package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static org.assertj.core.api.Assertions.assertThat;

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
