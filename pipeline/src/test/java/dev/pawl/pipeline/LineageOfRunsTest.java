package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.definition.Definition.DataSource;
import dev.pawl.kernel.RunId;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where several steps gave the same content, whose it is. */
class LineageOfRunsTest {
    private static final String COPY = "cat $PAWL_INPUTS/* > $PAWL_OUTPUTS/%s";
    private static final String ROWS = "day,n\\n1970-01-01,1\\n";

    @TempDir
    Path folder;

    private static TestStep copy(Rig rig, String from, String to) {
        return rig.step(to, COPY.formatted(to)).after(from);
    }

    private static TestStep more(Rig rig, String from, String to) {
        return rig.step(to, COPY.formatted(to) + "; echo more >> $PAWL_OUTPUTS/" + to)
                .after(from);
    }

    private static RunId run(Rig rig, TestStep... steps) {
        return rig.run(pipeline(steps)).spec().id();
    }

    private static List<String> names(List<Lineage.Stop> stops) {
        return stops.stream()
                .map(stop -> stop.through().run() + " " + stop.through().step())
                .toList();
    }

    private static List<String> steps(List<Lineage.Stop> stops) {
        return stops.stream().map(stop -> stop.through().step().value()).toList();
    }

    @ParameterizedTest
    @EnumSource
    void a_step_that_gives_what_it_read_is_on_the_way(TestDatabases database) {
        try (Rig rig = Rig.on(database, folder).start()) {
            TestStep a = rig.step("a", "echo hello > $PAWL_OUTPUTS/a");
            Lineage lineage = new Lineage(rig.store());

            assertThat(steps(lineage.back(run(rig, a, copy(rig, "a", "b"))))).containsExactly("b", "a");
            RunId three = run(rig, a, copy(rig, "a", "b"), more(rig, "b", "c"));
            assertThat(steps(lineage.back(three))).containsExactly("c", "b", "a");
            var copied = rig.stepOf(three, "b").outputs().values().iterator().next();
            assertThat(steps(lineage.back(copied, three))).containsExactly("b", "a");
            assertThat(steps(lineage.forth(copied))).contains("b", "c");
        }
    }

    @Test
    void a_step_for_each_element_of_an_empty_list_is_on_the_way() {
        try (Rig rig = Rig.in(folder).start()) {
            RunId id = run(
                    rig,
                    rig.step("parts", "true").givingList(),
                    rig.step("each", COPY.formatted("each")).each("parts"));

            assertThat(steps(new Lineage(rig.store()).back(id))).containsExactly("each", "parts");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_run_was_used_by_those_that_took_from_it_not_by_those_that_made_the_same(TestDatabases database) {
        try (Rig rig = Rig.on(database, folder).start()) {
            TestStep a = rig.step("a", "echo 1 > $PAWL_OUTPUTS/a");
            TestStep same = rig.step("a", "echo $(( 0 + 1 )) > $PAWL_OUTPUTS/a");
            RunId first = run(rig, a, more(rig, "a", "b"));
            RunId itself = run(rig, same, more(rig, "a", "b"));
            RunId taking = run(rig, a, copy(rig, "a", "z"));
            Lineage lineage = new Lineage(rig.store());

            assertThat(names(lineage.forth(first))).containsExactly(taking + " z");
            assertThat(names(lineage.forth(itself)))
                    .as("ran later and made its own")
                    .isEmpty();
            assertThat(names(lineage.forth(taking))).isEmpty();
            assertThat(names(lineage.forth(
                            rig.stepOf(first, "a").outputs().values().iterator().next())))
                    .as("the content")
                    .containsExactly(first + " b", itself + " b", taking + " z");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_other_runs_took_goes_on_in_them(TestDatabases database) {
        try (Rig rig = Rig.on(database, folder).start()) {
            TestStep parts = rig.step("parts", "for i in 0 1; do echo $i > $PAWL_OUTPUTS/parts/00000$i; done")
                    .givingList()
                    .uncached();
            TestStep each = rig.step("each", COPY.formatted("each")).each("parts");
            RunId first = run(rig, parts, each);
            RunId second = run(
                    rig,
                    parts,
                    each,
                    rig.step("all", "ls $PAWL_INPUTS/each > $PAWL_OUTPUTS/all").after("each"),
                    more(rig, "all", "end"));
            Lineage lineage = new Lineage(rig.store());

            assertThat(names(lineage.forth(first)))
                    .as("the items came from the cache")
                    .containsExactly(second + " all", second + " end");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_a_run_gave_is_used_where_it_is_seen_as_data_afterwards(TestDatabases database) {
        try (Rig rig = Rig.on(database, folder).start()) {
            RunId before = reading(rig, "days");
            RunId giving = run(rig, rig.step("table", "printf '" + ROWS + "' > $PAWL_OUTPUTS/table"));
            RunId after = reading(rig, "later");
            Lineage lineage = new Lineage(rig.store());

            assertThat(names(lineage.forth(giving))).containsExactly(after + " later");
            assertThat(names(lineage.back(after))).containsExactly(after + " later", giving + " table");
            assertThat(names(lineage.back(before))).containsExactly(before + " days");
            assertThat(names(lineage.forth(before)))
                    .as("it only copied the data that the other one saw")
                    .isEmpty();
        }
    }

    private static RunId reading(Rig rig, String step) {
        RunId id = rig.submit(
                pipeline(
                        Map.of("days", new DataSource("days.csv", Optional.of("day"), Duration.ZERO)),
                        rig.step(step, COPY.formatted(step)).reading("days")),
                rig.packageOf(Map.of("days.csv", "day,n\n1970-01-01,1\n")),
                Optional.empty());
        rig.awaitEnd(id);
        return id;
    }
}
