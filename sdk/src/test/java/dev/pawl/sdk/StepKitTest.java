package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepKitTest {
    private static final Bakery.Recipe RYE = new Bakery.Recipe("rye", 800, Optional.empty());

    @TempDir
    Path folder;

    @Test
    void a_step_runs_on_values_with_checked_parameters() {
        StepResult result = StepTest.of(Bakery.class, "bake")
                .input("recipe", RYE)
                .param("yield", 0.5)
                .run();

        assertThat(result.output(Bakery.Loaf.class).weight()).isEqualTo(0.4);
        assertThat(result.metric("grams")).isEqualTo(800);
        assertThat(result.metrics().points()).hasSize(1);
        assertThat(StepTest.of(Bakery.class, "bake")
                        .input("recipe", RYE)
                        .param("yield", 1.5)
                        .runToFailure())
                .hasMessage("Parameter 'yield' must be from 0.0 to 1.0, but is 1.5");
    }

    @Test
    void a_step_runs_on_files() throws IOException {
        Path csv = Files.writeString(folder.resolve("recipes.csv"), "name,grams,note\nrye,800,\"\"\n");
        Path recipe = Files.writeString(folder.resolve("rye.json"), "{\"name\":\"rye\",\"grams\":1000}");

        assertThat(StepTest.of(Bakery.class, "recipes").input("csv", csv).run().outputs(Bakery.Recipe.class))
                .containsExactly(RYE);
        assertThat(StepTest.of(Bakery.class, "bake")
                        .input("recipe", recipe)
                        .run()
                        .output(Bakery.Loaf.class)
                        .weight())
                .isEqualTo(0.9);
    }

    @Test
    void lists_optional_inputs_sources_as_tables_and_secrets_are_given() {
        Bakery.Loaf loaf = new Bakery.Loaf(RYE, 0.7, Instant.EPOCH, Map.of());
        Table table = Table.builder()
                .texts("name", "rye")
                .numbers("grams", 800)
                .texts("note", "")
                .build();

        assertThat(StepTest.of(Bakery.class, "weight")
                        .input("bake", List.of(loaf, loaf))
                        .run()
                        .output(double.class))
                .isEqualTo(1.4);
        assertThat(StepTest.of(Bakery.class, "recipes")
                        .input("csv", table)
                        .run()
                        .outputs(Bakery.Recipe.class))
                .hasSize(1);
        StepTest label = StepTest.of(Bakery.class, "label").input("weight", 2.0).secret("shop-key", "12345");
        assertThat(label.run().output(String.class)).isEqualTo("2.0 kg, key of 5");
        assertThat(label.input("praise", Report.empty().with("a", 1)).run().output(String.class))
                .isEqualTo("2.0 kg, praised, key of 5");
    }

    @Test
    void a_step_at_the_end_gets_an_outcome_and_a_folder_comes_back() {
        assertThat(StepTest.of(Bakery.class, "clean")
                        .outcome(Outcome.failure("why"))
                        .run()
                        .metric("because"))
                .isEqualTo(3);
        assertThat(StepTest.of(Bakery.class, "box")
                        .folder(folder)
                        .input("bake", List.of())
                        .run()
                        .output(Path.class)
                        .resolve("loaves"))
                .hasContent("0")
                .satisfies(file -> assertThat(file.startsWith(folder)).isTrue());
    }

    @Test
    void a_step_of_a_nested_class_or_of_an_object_runs_alone() {
        assertThat(StepTest.of(Bakery.Shop.class, "price")
                        .input("grams", 3.0)
                        .run()
                        .output(Report.class)
                        .number("total"))
                .isEqualTo(30);
        SettableClock clock = SettableClock.at(Instant.EPOCH.plusSeconds(9));
        assertThat(StepTest.of(new Bakery(clock), "bake")
                        .input("recipe", RYE)
                        .run()
                        .output(Bakery.Loaf.class)
                        .baked())
                .isEqualTo(clock.instant());
    }

    @Test
    void what_a_step_throws_comes_back() {
        StepTest bad = StepTest.of(Bakery.class, "bake").input("recipe", new Bakery.Recipe("air", 0, Optional.empty()));

        assertThat(bad.runToFailure())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no flour in air");
        assertThatThrownBy(bad::run)
                .isInstanceOf(AssertionError.class)
                .hasMessage("dev.pawl.sdk.Bakery.bake failed: no flour in air")
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StepTest.of(Bakery.class, "weight")
                        .input("bake", List.of())
                        .runToFailure())
                .hasMessage("dev.pawl.sdk.Bakery.weight succeeded");
        assertThat(StepTest.of(Bakery.class, "weight").runToFailure()).hasMessage("The call has no input 'bake'");
    }

    @Test
    void what_is_given_wrongly_is_said_with_what_there_is() {
        StepTest bake = StepTest.of(Bakery.class, "bake");

        assertThatThrownBy(() -> StepTest.of(Bakery.class, "burn"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("dev.pawl.sdk.Bakery has no step 'burn'; it has [bake,");
        assertThatThrownBy(() -> bake.input("recipes", RYE))
                .hasMessage("dev.pawl.sdk.Bakery.bake has no input 'recipes'; it has [recipe]");
        assertThatThrownBy(() -> bake.param("heat", 1))
                .hasMessage("dev.pawl.sdk.Bakery.bake has no @Param 'heat'; it has [yield]");
        assertThatThrownBy(() -> bake.secret("key", ""))
                .hasMessage("dev.pawl.sdk.Bakery.bake has no @Secret 'key'; it has []");
        assertThatThrownBy(() -> bake.input("recipe", 1).run())
                .hasMessage("'recipe' takes a Recipe or the Path of its file, not an Integer");
        assertThatThrownBy(() ->
                        StepTest.of(Bakery.class, "weight").input("bake", RYE).run())
                .hasMessage("'bake' takes a List<Loaf> or the Path of its folder, not a Recipe");
    }

    @Test
    void a_settable_clock_stands_still_until_it_is_moved() {
        SettableClock clock = SettableClock.at(Instant.EPOCH);
        SettableClock there = clock.withZone(ZoneId.of("Asia/Tokyo"));
        clock.advance(Duration.ofHours(1));
        assertThat(there.instant()).isEqualTo(Instant.EPOCH.plusSeconds(3600));
        there.set(Instant.EPOCH.minusSeconds(1));
        assertThat(clock.millis()).isEqualTo(-1000);
        assertThat(there.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    }
}
